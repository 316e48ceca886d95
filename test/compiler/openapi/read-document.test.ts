import { expect, test } from "bun:test";
import fc from "fast-check";
import { readDocument } from "../../../src/compiler/openapi/read-document.ts";
import { OperationReader } from "../../../src/compiler/openapi/read-operations.ts";

test("JSON and YAML say the same", () => {
  const json = readDocument('{"openapi":"3.1.0","paths":{"/a":{"get":{}}}}');
  expect(readDocument("openapi: 3.1.0\npaths:\n  /a: { get: {} }\n")).toEqual(json);
});

test.each([
  [undefined, "cannot be read"],
  ["[1]", "holds no object"],
  ["openapi: 3.2.0", "is no OpenAPI document of version 3.0 or 3.1"],
  ["swagger: '2.0'", "is Swagger 2.0; convert it to OpenAPI 3"],
  [`openapi: 3.1.0\na: ${"[".repeat(200)}${"]".repeat(200)}`, "is nested too deeply"],
])("%j is refused", (text, problem) => {
  expect(readDocument(text)).toEqual({ ok: false, problem });
});

test("aliases that grow without bound are refused", () => {
  const levels = Array.from({ length: 12 }, (_, at) => {
    const inner = at === 0 ? '"x"' : Array.from({ length: 9 }, () => `*a${at - 1}`).join(", ");
    return `a${at}: &a${at} [${inner}]`;
  });
  expect(readDocument(["openapi: 3.1.0", ...levels].join("\n")).ok).toBe(false);
});

test("no document makes it throw", () => {
  const word = fc.constantFrom(
    "get",
    "parameters",
    "schema",
    "$ref",
    "#/paths",
    "in",
    "query",
    "name",
    "items",
    "type",
  );
  const tree = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.jsonValue(),
      word,
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(word, tie("value"), { maxKeys: 4 }),
    ),
  })).value;
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom("/a", "/{b}", "/c/*"), tree), (paths) => {
      const read = readDocument(JSON.stringify({ openapi: "3.1.0", paths }));
      if (!read.ok) return;
      for (const { path } of new OperationReader(read.document).routes()) expect(path).toStartWith("/");
    }),
  );
});
