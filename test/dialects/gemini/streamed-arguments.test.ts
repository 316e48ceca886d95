import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { ArgumentOrderError, StreamedArguments } from "../../../src/dialects/gemini/streamed-arguments.ts";
import type { Json, JsonObject } from "../../../src/kernel/json.ts";
import { decode, gather, sample, sse } from "./support/samples.ts";

type Piece = readonly [path: string, value: Json, willContinue?: boolean];

function join(pieces: readonly Piece[]): string {
  const args = new StreamedArguments();
  return pieces.map(([path, value, more]) => args.set(path, value, more)).join("") + args.close();
}

describe("arguments that are streamed", () => {
  test("belong to the call before them, though they have no name", () => {
    const { calls, signatures } = gather(decode([sample("streamed-arguments.sse")]));
    expect(calls).toEqual([
      {
        id: "gemini_r3spOnse-1d_0",
        name: "book",
        arguments: {
          trip: { from: 'Bern "HB" 👋', "to place": "Zürich" },
          people: [{ age: 7, child: true }, { age: 41.5 }],
          note: null,
        },
      },
      { id: "gemini_r3spOnse-1d_1", name: "book", arguments: { tags: ["a", "b"] } },
      { id: "gemini_r3spOnse-1d_2", name: "now", arguments: {} },
    ]);
    expect(signatures).toEqual(["c2lnbmF0dXJlLTc="]);
  });

  test("are passed on as they come", () => {
    const deltas = decode([sample("streamed-arguments.sse")]).flatMap((event) =>
      event.type === "delta" && event.part === 0 ? [event.text] : [],
    );
    expect(deltas.slice(0, 3)).toEqual([`{"trip":{"from":"Be`, `rn \\"HB\\" 👋`, `"`]);
  });

  test("say with their last piece whether more will come, or do not come at all", () => {
    const part = (functionCall: JsonObject): JsonObject => ({
      candidates: [{ content: { parts: [{ functionCall }] } }],
    });
    const stream = sse(
      part({ name: "a", willContinue: true }),
      part({}),
      part({ name: "b", partialArgs: [{ jsonPath: "$.x", numberValue: 1 }], willContinue: true }),
      part({ name: "c", args: { y: [{}] }, willContinue: true }),
      part({ args: { z: "w" } }),
      { candidates: [{ finishReason: "STOP" }] },
    );
    expect(gather(decode([stream])).calls.map(({ name, arguments: args }) => [name, args])).toEqual([
      ["a", {}],
      ["b", { x: 1 }],
      ["c", { y: [{}], z: "w" }],
    ]);
  });

  test("close what they have left open", () => {
    expect(join([["$.a.b[0]", "x", true]])).toBe(`{"a":{"b":["x"]}}`);
    expect(join([])).toBe("{}");
    expect(
      join([
        ["$.a", "x"],
        ["$.a", ""],
        ["$.b", ""],
      ]),
    ).toBe(`{"a":"x","b":""}`);
    expect(join([["$.a[2]", 1]])).toBe(`{"a":[null,null,1]}`);
    expect(
      join([
        ["$['it\\'s']", 1],
        [`$["\\"q\\""]`, 2],
      ]),
    ).toBe(`{"it's":1,"\\"q\\"":2}`);
  });

  test.each([
    [
      ["$.a.b", 1],
      ["$.c", 1],
      ["$.a.d", 1],
    ],
    [
      ["$.a", 1],
      ["$.a", 2],
    ],
    [
      ["$.a[1]", 1],
      ["$.a[0]", 2],
    ],
    [
      ["$.a.b", 1],
      ["$.a[0]", 2],
    ],
    [["$[0]", 1]],
    [["$", 1]],
    [["$.a[", 1]],
    [["$.a[999999]", 1]],
  ] as readonly (readonly Piece[])[])(
    "out of order %j are an error instead of other arguments",
    (...pieces) => {
      expect(() => join(pieces)).toThrow(ArgumentOrderError);
      const parts = pieces.map(([jsonPath, numberValue], index) => ({
        functionCall: {
          ...(index === 0 && { name: "f" }),
          partialArgs: [{ jsonPath, numberValue }],
          willContinue: true,
        },
      }));
      const stream = sse({ candidates: [{ content: { parts }, finishReason: "STOP" }] });
      expect(decode([stream]).at(-1)).toMatchObject({ type: "error", error: { kind: "server" } });
    },
  );

  test("are the value whose pieces they are, whatever it is", () => {
    const value = fc.letrec((tie) => ({
      leaf: fc.oneof(
        fc.string({ unit: "grapheme" }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
      ),
      list: fc.array(tie("any"), { minLength: 1, maxLength: 3 }),
      object: fc.dictionary(fc.string({ minLength: 1 }), tie("any"), { minKeys: 1, maxKeys: 3 }),
      any: fc.oneof({ depthSize: "small" }, tie("leaf"), tie("list"), tie("object")),
    })).object as fc.Arbitrary<JsonObject>;
    fc.assert(
      fc.property(value, fc.nat({ max: 5 }), (args, size) => {
        expect(JSON.parse(join(pieces(args, "$", size + 1)))).toEqual(JSON.parse(JSON.stringify(args)));
      }),
    );
  });
});

/** A value as the vendor would send it, its texts cut into pieces of a size. */
function pieces(value: Json | undefined, path: string, size: number): readonly Piece[] {
  if (typeof value === "string") {
    const cut = value.match(new RegExp(`.{1,${size}}`, "gs")) ?? [];
    return [...cut.map((text): Piece => [path, text, true]), [path, ""]];
  }
  if (Array.isArray(value))
    return value.flatMap((item: Json, index) => pieces(item, `${path}[${index}]`, size));
  if (typeof value !== "object" || value === null) return [[path, value ?? null]];
  return Object.entries(value).flatMap(([name, item]) =>
    pieces(item, `${path}["${name.replace(/["\\]/g, "\\$&")}"]`, size),
  );
}
