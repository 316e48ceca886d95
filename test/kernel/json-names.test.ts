import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { findJsonFault, type JsonFault } from "../../src/kernel/json-names.ts";

const find = (text: string) => findJsonFault(new TextEncoder().encode(text));

describe("what readers of JSON could take differently", () => {
  test.each<[text: string, reason: JsonFault["reason"], path: JsonFault["path"]]>([
    ['{"a":1,"a":2}', "duplicate", ["a"]],
    ['{"a":1,"\\u0061":2}', "duplicate", ["a"]],
    ['{"a":[{},{"b" : 1, "b":2}]}', "duplicate", ["a", 1, "b"]],
    ['[[1,2],[3,{"x":{"y":0,"y":0}}]]', "duplicate", [1, 1, "x", "y"]],
    ['{"é":1,"\\u00e9":2}', "duplicate", ["é"]],
    ['{"__proto__":1}', "prototype", ["__proto__"]],
    ['{"a":{"\\u005f_proto__":{}}}', "prototype", ["a", "__proto__"]],
    ['{"a":"\\ud800"}', "surrogate", ["a"]],
    ['{"a":["x","\\udc00 "]}', "surrogate", ["a", 1]],
  ])("%s", (text, reason, path) => {
    expect(find(text)).toEqual({ reason, path });
  });

  test.each([
    '{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}',
    '{"a":"a","b":"__proto__","c":["a","a"]}',
    '{"a":"\\ud83d\\ude00","b":"{\\"a\\":1,\\"a\\":2}"}',
    '{"constructor":1,"toString":2,"":3}',
    "{}",
    "[]",
    '"text"',
    "17",
  ])("%s has nothing of it", (text) => {
    expect(find(text)).toBeUndefined();
  });

  test("one sort of fault is found behind another", () => {
    const bytes = new TextEncoder().encode(`{"__proto__":"\\ud800","a":1,"b":{"a":1,"a":2}}`);
    expect(findJsonFault(bytes, "duplicate")).toEqual({ reason: "duplicate", path: ["b", "a"] });
  });

  test("nothing that was written from values has any of it", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat({ max: 2 }), (value, spaces) => {
        const text = JSON.stringify(value, null, spaces);
        fc.pre(!text.includes('"__proto__":'));
        expect(find(text)).toBeUndefined();
      }),
    );
  });

  test("a member that was put in a second time is found at any depth", () => {
    const name = fc.string({ unit: "grapheme", maxLength: 8 }).filter((text) => text !== "__proto__");
    fc.assert(
      fc.property(fc.array(fc.oneof(name, fc.nat({ max: 4 })), { maxLength: 20 }), name, (path, twice) => {
        const member = JSON.stringify(twice);
        let text = `{${member}:1,"other\\"":[{}],${member}:2}`;
        for (const part of path.toReversed()) {
          text =
            typeof part === "number"
              ? `[${'{"a":[0,1]},'.repeat(part)}${text}]`
              : `{${JSON.stringify(part)}: ${text}}`;
        }
        fc.pre(twice !== 'other"');
        expect(find(text)).toEqual({ reason: "duplicate", path: [...path, twice] });
      }),
    );
  });
});
