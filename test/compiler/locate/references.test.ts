import { describe, expect, test } from "bun:test";
import { readSourceFile } from "../../../src/compiler/locate/source-file.ts";

/** Line and column of the first use of `x`, from 1. */
function use(text: string, within?: readonly [line: number, column: number]): string | undefined {
  const file = readSourceFile("config.ts", text);
  const loc = file?.referenceTo("x", within && file.callAt(...within))?.loc;
  return loc ? `${loc.start.line}:${loc.start.column + 1}` : undefined;
}

describe("the first use of a name", () => {
  test.each([
    ["f(x)", "1:3"],
    ["f({ x: 1, y: x })", "1:14"],
    ["f({ x })", "1:5"],
    ["f({ [x]: 1 })", "1:6"],
    ["f(a.x, a[x])", "1:10"],
    ["f(a?.x, x.x)", "1:9"],
    [`f(\`\${x}\`)`, "1:6"],
    ["f(() => ({ x() { return x; } }))", "1:25"],
    ["class A { x = x }", "1:15"],
    ["let a: x; const f = (b: x): x => g<x>(x)", "1:39"],
    ['f("x") // x', undefined],
    ["f({ x: 1 }, a.x)", undefined],
  ])("%s", (text, place) => {
    expect(use(text)).toBe(place as string);
  });

  test("is looked for in a call before the rest of its file", () => {
    expect(use("f(x);\ng(1, x);", [2, 1])).toBe("2:6");
    expect(use("f(x);\ng(1);", [2, 1])).toBe("1:3");
  });
});

test("a file knows the names that it binds", () => {
  const text = 'import { a as b } from "c"; const d = 1; let { e } = f; function g(h) {}';
  expect([...(readSourceFile("config.ts", text)?.names ?? [])].sort()).toEqual(["b", "d", "e", "g", "h"]);
});
