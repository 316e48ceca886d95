import { describe, expect, test } from "bun:test";
import { bundlePositions } from "../../../src/compiler/locate/stack-frame.ts";

const path = "/tmp/a b (1):2/bundle.mjs";

describe("positions in a stack text", () => {
  test.each<[string, string, readonly [number, number][]]>([
    ["of a module's own code", `    at ${path}:20:11`, [[20, 11]]],
    ["of a function", `    at makeModel (${path}:22:10)`, [[22, 10]]],
    ["of a nameless function", `    at <anonymous> (${path}:27:34)`, [[27, 34]]],
    ["of an asynchronous function", `    at async load (${path}:3:4)`, [[3, 4]]],
    ["of a constructor", `    at new Maker (${path}:36:19)`, [[36, 19]]],
    ["of a bundle that was imported with a query", `    at ${path}?v=1:5:6`, [[5, 6]]],
    ["at a line's end of another system", `    at ${path}:20:11\r`, [[20, 11]]],
    [
      "innermost first",
      `    at f (${path}:1:2)\n    at map (native:1:11)\n    at ${path}:3:4`,
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ["not of other files", "    at f (/tmp/other.mjs:1:2)", []],
    ["not of files with a longer name", `    at ${path}.map:1:2`, []],
    ["not of the message", `Error: ${path}:1:2`, []],
    ["not where there is no column", `    at ${path}:1`, []],
    ["not in nothing", "", []],
  ])("%s", (_, stack, expected) => {
    expect(bundlePositions(stack, path).map(({ line, column }) => [line, column])).toEqual(
      expected.map(([line, column]) => [line, column]),
    );
  });
});
