import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  base64Of,
  decodeFloats,
  encodeFloats,
  floatsOf,
  readVector,
  readVectors,
} from "../../../src/dialects/embeddings/float32.ts";

const float = fc.float({ noNaN: true });

describe("vectors as base64", () => {
  test("are little-endian 32-bit floats", () => {
    expect(encodeFloats([1, -2])).toBe("AACAPwAAAMA=");
    expect(decodeFloats("AACAPwAAAMA=")).toEqual([1, -2]);
  });

  test("lose nothing of 32-bit floats, there and back", () => {
    fc.assert(
      fc.property(fc.array(float, { minLength: 1 }), (values) => {
        const back = decodeFloats(encodeFloats(values)) ?? [];
        expect(back).toHaveLength(values.length);
        for (const [at, value] of values.entries()) expect(Object.is(back[at], value)).toBe(true);
      }),
    );
  });

  test("survive as JSON and become the same bytes again", () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
        (values) => {
          const data = encodeFloats(values.map((value) => value + 0));
          const floats: readonly number[] = JSON.parse(
            JSON.stringify(floatsOf({ encoding: "base64", data })),
          );
          expect(decodeFloats(base64Of({ encoding: "float", values: floats }))).toEqual(
            decodeFloats(data)?.map((value) => (value === 0 ? 0 : value)),
          );
        },
      ),
    );
  });

  test("are as OpenAI's client reads them: numbers of 64 bits are drawn to the nearest of 32", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1, max: 1 }), { minLength: 1 }), (values) => {
        const bytes = Buffer.from(encodeFloats(values), "base64");
        const read = new Float32Array(bytes.buffer, bytes.byteOffset, values.length);
        expect([...read]).toEqual([...new Float32Array(values)]);
      }),
    );
  });

  test.each([[""], ["AAA"], ["AAAAAAA="], ["not base64!"], [7], [null], [[]], [["x"]], [[1, null]], [{}]])(
    "%p is no vector",
    (value) => {
      expect(readVector(value)).toBeUndefined();
    },
  );

  test("are kept as they came, and read all or none", () => {
    expect(readVector("AACAPwAAAMA=")).toEqual({ encoding: "base64", data: "AACAPwAAAMA=" });
    expect(base64Of({ encoding: "base64", data: "AACAPwAAAMA=" })).toBe("AACAPwAAAMA=");
    expect(readVectors([[1], "AACAPw=="])).toEqual([
      { encoding: "float", values: [1] },
      { encoding: "base64", data: "AACAPw==" },
    ]);
    expect(readVectors([[1], []])).toBeUndefined();
    expect(readVectors(undefined)).toBeUndefined();
    expect(decodeFloats("AAA")).toBeUndefined();
  });
});
