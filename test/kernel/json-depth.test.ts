import { expect, test } from "bun:test";
import fc from "fast-check";
import { tryParseJson } from "../../src/kernel/json.ts";
import { isNestedTooDeep, maxJsonDepth } from "../../src/kernel/json-depth.ts";
import {
  exactMembers,
  parseSpelled,
  tryParseExactJson,
  tryParseKeeping,
} from "../../src/kernel/json-exact.ts";

const lists = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
const objects = (depth: number): string => `${`{"a":`.repeat(depth)}1${"}".repeat(depth)}`;

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

test("depth is counted through lists and objects, and starts anew beside each other", () => {
  for (const nested of [lists, objects]) {
    expect(isNestedTooDeep(nested(maxJsonDepth))).toBe(false);
    expect(isNestedTooDeep(nested(maxJsonDepth + 1))).toBe(true);
    expect(
      isNestedTooDeep(
        `[${Array(500)
          .fill(nested(maxJsonDepth - 1))
          .join(",")}]`,
      ),
    ).toBe(false);
  }
});

test("brackets inside strings are none, whatever is escaped there", () => {
  const brackets = "[{".repeat(500);
  for (const before of ["", '\\"', "\\\\", '\\\\\\"', "\\u005b"])
    expect(isNestedTooDeep(`["${before}${brackets}"]`)).toBe(false);
  expect(isNestedTooDeep(`["\\\\",${lists(maxJsonDepth)}]`)).toBe(true);
  expect(isNestedTooDeep(`["never closed ${brackets}`)).toBe(false);
});

test("of any JSON, the depth is what its value has", () => {
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: "large" }), fc.integer({ min: 0, max: 6 }), (value, most) => {
      const text = JSON.stringify(value);
      if (text.length > most) expect(isNestedTooDeep(text, most)).toBe(depthOf(value) > most);
    }),
  );
});

test("what is too deep is read as what is no JSON at all", () => {
  const members = exactMembers("a");
  for (const deep of [objects(100_000), lists(100_000), "[".repeat(100_000), `{"a":1.0,"b":${lists(129)}}`]) {
    expect(tryParseJson(deep)).toBeUndefined();
    expect(tryParseExactJson(deep)).toBeUndefined();
    expect(tryParseKeeping(deep, members)).toBeUndefined();
    expect(() => parseSpelled(deep)).toThrow(SyntaxError);
  }
  expect(tryParseJson(lists(200), 200)).toBeArray();
});
