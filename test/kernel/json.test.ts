import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { canonicalJson } from "../../src/kernel/json.ts";

describe("canonical JSON", () => {
  test("depends on the value alone", () => {
    expect(canonicalJson({ b: [1, { d: null, c: undefined }], a: "ü" })).toBe('{"a":"ü","b":[1,{"d":null}]}');
  });

  test("means what was put in, whatever the order of keys", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(text);
      }),
    );
  });
});
