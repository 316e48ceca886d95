import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { maxJsonDepth } from "../../src/kernel/json-depth.ts";
import { jsonElements, jsonNames, readJsonSpan, scanJsonObject } from "../../src/kernel/json-scan.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const names = jsonNames("model", "stream", "ü");

function members(text: string): readonly unknown[] {
  const bytes = encode(text);
  const scan = scanJsonObject(bytes, names);
  if (!scan.ok) throw new Error(`${scan.reason} ${JSON.stringify(scan)}`);
  return scan.spans.map((span) => span && readJsonSpan(bytes, span));
}

describe("scanJsonObject", () => {
  test("finds members wherever they stand", () => {
    expect(members(`{"a":[1,{"model":"no"}],"model" : "yes","stream":true}`)).toEqual([
      "yes",
      true,
      undefined,
    ]);
    expect(members(` {\n"ü":{"deep":[[],{}]},"model":null } `)).toEqual([
      null,
      undefined,
      { deep: [[], {}] },
    ]);
    expect(members("{}")).toEqual([undefined, undefined, undefined]);
  });

  test("recognises names written with escapes", () => {
    expect(members(`{"mod\\u0065l":"x"}`)[0]).toBe("x");
    expect(members(`{"\\u00fc":1}`)[2]).toBe(1);
  });

  test("refuses a wanted name that occurs twice, escaped or not", () => {
    expect(scanJsonObject(encode(`{"model":1,"model":2}`), names)).toMatchObject({
      reason: "duplicate",
      name: "model",
    });
    expect(scanJsonObject(encode(`{"model":1,"\\u006dodel":2}`), names)).toMatchObject({
      reason: "duplicate",
    });
    expect(scanJsonObject(encode(`{"x":1,"x":2}`), names).ok).toBe(true);
  });

  test.each([
    ["", 0],
    ["{", 1],
    [`{"a"}`, 4],
    [`{"a":}`, 5],
    [`{"a":1,}`, 7],
    [`{"a":[1,]}`, 8],
    [`{"a":{"b" 1}}`, 10],
    [`{"a":1}}`, 7],
    [`{"a":tru}`, 8],
    [`{"a":01}`, 5],
    [`{"a":1.}`, 7],
    [`{"a":1e}`, 7],
    [`{"a":-}`, 6],
    [`{'a':1}`, 1],
    [`{"a":"\n"}`, 6],
    [`{"a":[}`, 6],
    [`{"a":[1}`, 7],
    [`{"a":"${"x".repeat(100)}`, 106],
  ])("tells where %p breaks", (text, offset) => {
    expect(scanJsonObject(encode(text), names)).toEqual({ ok: false, reason: "malformed", offset });
  });

  test("tells other JSON from an object", () => {
    for (const text of ["1", `"x"`, "[{}]", "null", " true "]) {
      expect(scanJsonObject(encode(text), names)).toEqual({ ok: false, reason: "not-object" });
    }
  });

  test("bounds nesting instead of exhausting the stack", () => {
    const nested = (depth: number) => `{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    expect(scanJsonObject(encode(nested(maxJsonDepth - 1)), names).ok).toBe(true);
    const tooDeep = { ok: false, reason: "too-deep", offset: 5 + maxJsonDepth - 1 } as const;
    expect(scanJsonObject(encode(nested(maxJsonDepth)), names)).toEqual(tooDeep);
    expect(scanJsonObject(encode(`{"a":${"[".repeat(1_000_000)}`), names)).toEqual(tooDeep);
  });

  test("counts objects and lists alike, and the same where the outermost is a list", () => {
    const objects = (depth: number) => `${`{"a":`.repeat(depth)}1${"}".repeat(depth)}`;
    expect(scanJsonObject(encode(objects(maxJsonDepth)), names).ok).toBe(true);
    expect(scanJsonObject(encode(objects(maxJsonDepth + 1)), names)).toMatchObject({ reason: "too-deep" });
    const lists = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(scanJsonObject(encode(lists(maxJsonDepth)), names)).toMatchObject({ reason: "not-object" });
    expect(scanJsonObject(encode(lists(maxJsonDepth + 1)), names)).toMatchObject({ reason: "too-deep" });
    expect(scanJsonObject(encode(`{"a":1}{`), names)).toMatchObject({ reason: "malformed", offset: 7 });
  });

  test("agrees with JSON.parse on any object", () => {
    const spaced = fc.constantFrom(undefined, 1, "\t");
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue(), { noNullPrototype: true }),
        fc.jsonValue(),
        spaced,
        (rest, model, space) => {
          const value = { ...rest, model };
          const bytes = encode(JSON.stringify(value, null, space));
          const scan = scanJsonObject(bytes, names);
          const span = scan.ok ? scan.spans[0] : undefined;
          expect(span && readJsonSpan(bytes, span)).toEqual(JSON.parse(JSON.stringify(model)));
        },
      ),
    );
  });

  test("accepts what JSON.parse accepts and no structure that it refuses", () => {
    const token = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      `"a"`,
      `"\\""`,
      `"${"long ".repeat(9)}\\\\"`,
      "1",
      "-0.5e3",
      "true",
      "null",
      " ",
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 24 }), (tokens) => {
        const text = tokens.join("");
        const scan = scanJsonObject(encode(text), []);
        let parsed: unknown;
        try {
          parsed = JSON.parse(text);
        } catch {
          expect(scan).toMatchObject({ ok: false, reason: "malformed" });
          return;
        }
        const isObject = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
        expect(scan.ok).toBe(isObject);
      }),
      { numRuns: 3_000 },
    );
  });
});

test("strings are right exactly where JSON.parse says so, however long they are", () => {
  const piece = fc.constantFrom(
    "a",
    "ü",
    "\\\\",
    '\\"',
    "\\n",
    "\\u00e9",
    "\\u00g9",
    "\\u00\u0010a",
    "\\x",
    "\\",
    "\n",
    "\u0001",
    "\u007f",
    "words of text, ",
  );
  const property = fc.property(fc.array(piece, { maxLength: 30 }), fc.boolean(), (pieces, isLong) => {
    const text = `{"model":"${isLong ? "x".repeat(40) : ""}${pieces.join("")}"}`;
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {}
    const bytes = encode(text);
    const scan = scanJsonObject(bytes, names);
    expect(scan.ok).toBe(parsed !== undefined);
    if (scan.ok)
      expect(readJsonSpan(bytes, scan.spans[0] ?? { start: 0, end: 0 })).toBe(
        (parsed as { model: string }).model,
      );
  });
  fc.assert(property, { numRuns: 3_000 });
});

test("jsonElements finds each element of a list that was scanned, however it is spaced", () => {
  const list = fc.array(fc.jsonValue(), { maxLength: 5 });
  fc.assert(
    fc.property(list, fc.constantFrom(0, 1, "\t"), (values, space) => {
      const bytes = encode(`{"a":{}, "model" : ${JSON.stringify(values, null, space)} ,"b":[]}`);
      const scan = scanJsonObject(bytes, names);
      const span = scan.ok ? scan.spans[0] : undefined;
      if (span === undefined) throw new Error("the list is not found");
      const read = jsonElements(bytes, span).map((element) => readJsonSpan(bytes, element));
      expect(read).toEqual(JSON.parse(JSON.stringify(values)));
    }),
  );
});
