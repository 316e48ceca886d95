import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { canonicalJson, isJsonObject, isRawNumber } from "../../src/kernel/json.ts";
import {
  exactMembers,
  parseExactJson,
  parseKeeping,
  parseSpelled,
  respell,
  tryParseExactJson,
  tryParseKeeping,
} from "../../src/kernel/json-exact.ts";
import { spelledNumbers, spelledObjects, spelledValues } from "../support/spelled-json.ts";

describe("JSON that is read exactly", () => {
  test("is written again as it came", () => {
    fc.assert(
      fc.property(spelledValues, (text) => {
        expect(JSON.stringify(parseExactJson(text))).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    "12345678901234567890",
    "-0",
    "1.0",
    "1e400",
    "-1e400",
    "1E2",
    "1e-7",
    "0.0000001",
    "0.1000000000000000055511151231257827",
    "9007199254740993",
    '{"id":12345678901234567890,"__proto__":{"n":-0}}',
    "[[1.0],[[-0.0]]]",
  ])("keeps %s", (text) => {
    expect(JSON.stringify(parseExactJson(text))).toBe(text);
  });

  test("has plain numbers wherever a double keeps them", () => {
    const value = parseExactJson('{"a":[1,-1,0.5,123456789012345,9007199254740991,1700000000.25],"b":1.0}');
    expect(JSON.stringify(value)).toBe(
      '{"a":[1,-1,0.5,123456789012345,9007199254740991,1700000000.25],"b":1.0}',
    );
    const { a, b } = value as { readonly a: readonly unknown[]; readonly b: unknown };
    expect(a.every((item) => typeof item === "number")).toBe(true);
    expect(isRawNumber(b)).toBe(true);
    expect(isJsonObject(b)).toBe(false);
  });

  test("is what JSON.parse reads where nothing is spelled oddly", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const spelled = JSON.stringify(JSON.parse(text));
        expect(JSON.stringify(parseExactJson(spelled))).toBe(spelled);
      }),
    );
  });

  test("takes the last of members of one name, as JSON.parse does", () => {
    expect(JSON.stringify(parseExactJson('{"a":1.0,"a":{"b":2.0},"a":3.0}'))).toBe('{"a":3.0}');
    expect(JSON.stringify(parseExactJson('{"a":1.0,"a":"x","b":[1.0],"b":7}'))).toBe('{"a":"x","b":7}');
  });

  test("keeps its numbers in canonical JSON as well", () => {
    expect(canonicalJson(parseExactJson('{"b":[1.0,-0],"a":12345678901234567890}'))).toBe(
      '{"a":12345678901234567890,"b":[1.0,-0]}',
    );
  });

  test("is nothing where the text is no JSON, or nested beyond all measure", () => {
    for (const text of [
      "",
      "{",
      "1.0.0",
      "01.0",
      "[1.0",
      "NaN",
      `${"[".repeat(300_000)}1.0${"]".repeat(300_000)}`,
    ]) {
      expect(tryParseExactJson(text)).toBeUndefined();
      expect(tryParseKeeping(`{"a":${text}}`, exactMembers("a"))).toBeUndefined();
    }
    expect(() => parseExactJson("{")).toThrow(SyntaxError);
  });
});

describe("members that are kept exactly", () => {
  const members = exactMembers("input", "schema");

  test("are, at any depth; all other numbers are plain", () => {
    const text = '{"t":1.0,"list":[{"input":{"id":1.0,"t":[1e400]},"n":-0.0}],"schema":1E2,"x":{"y":2.50}}';
    const value = parseKeeping(text, members) as { readonly t: unknown };
    expect(value.t).toBe(1);
    expect(JSON.stringify(value)).toBe(
      '{"t":1,"list":[{"input":{"id":1.0,"t":[1e400]},"n":0}],"schema":1E2,"x":{"y":2.5}}',
    );
  });

  test("are found under names that are written with escapes", () => {
    expect(JSON.stringify(parseKeeping('{"\\u0069nput":{"a":1.0}}', members))).toBe('{"input":{"a":1.0}}');
  });

  test("are whatever they may be, beside whatever there may be", () => {
    fc.assert(
      fc.property(spelledObjects, spelledNumbers, (object, number) => {
        const text = `{"input":${object},"n":${number},"__proto__":{"n":${number}}}`;
        const value = parseKeeping(text, members) as Readonly<Record<string, unknown>>;
        expect(JSON.stringify(value["input"])).toBe(object);
        expect(value["n"]).toBe(Number(number));
        expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
        expect(Object.entries(value).at(-1)).toEqual(["__proto__", { n: Number(number) }]);
      }),
      { numRuns: 500 },
    );
  });

  test("are none where none are named", () => {
    expect(parseKeeping('{"input":{"a":1.0}}', undefined)).toEqual({ input: { a: 1 } });
  });
});

describe("a checked value", () => {
  test("gets the spelling of its numbers back where they are the same", () => {
    const { value, spelled } = parseSpelled('{"a":1.0,"b":[2.50,{"c":12345678901234567890}],"d":-0,"e":"x"}');
    expect(value).toEqual({ a: 1, b: [2.5, { c: Number("12345678901234567890") }], d: -0, e: "x" });
    const checked = {
      b: [2.5, { c: Number("12345678901234567890"), more: true }, 7],
      a: 2,
      e: "x",
      default: 1,
    };
    expect(JSON.stringify(respell(checked, spelled))).toBe(
      '{"b":[2.50,{"c":12345678901234567890,"more":true},7],"a":2,"e":"x","default":1}',
    );
  });

  test("is the same object where nothing is spelled oddly", () => {
    const { value, spelled } = parseSpelled('{"a":1,"b":[2.5]}');
    expect(respell(value, spelled)).toBe(value);
  });

  test("is written as it came where nothing was changed", () => {
    fc.assert(
      fc.property(spelledValues, (text) => {
        const { value, spelled } = parseSpelled(text);
        expect(JSON.stringify(respell(value, spelled))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});
