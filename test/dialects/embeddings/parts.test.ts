import { expect, test } from "bun:test";
import fc from "fast-check";
import type { EmbeddingRequest, EmbeddingResponse } from "../../../src/canonical/embedding.ts";
import { joinVectors, splitInputs } from "../../../src/dialects/embeddings/parts.ts";

const requestOf = (count: number): EmbeddingRequest => ({
  ...{ model: "m", dimensions: 4, purpose: "query", endUser: "u" },
  inputs: Array.from({ length: count }, (_, index) => ({ type: "text", text: `${index}` })),
});

test("parts hold every input once, in order, none too many, and all else of the request", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 100 }), (count, most) => {
      const request = requestOf(count);
      const parts = splitInputs(request, most);
      expect(parts.flatMap((part) => part.request.inputs)).toEqual(request.inputs as never);
      let offset = 0;
      for (const part of parts) {
        expect(part).toEqual({ request: { ...request, inputs: part.request.inputs }, offset });
        expect(part.request.inputs.length).toBeGreaterThan(0);
        expect(part.request.inputs.length).toBeLessThanOrEqual(most);
        offset += part.request.inputs.length;
      }
      expect(parts).toHaveLength(Math.ceil(count / most));
    }),
  );
});

test("what fits stays the request that it was, and what is far too long as well", () => {
  const fits = requestOf(96);
  expect(splitInputs(fits, 96)[0]?.request).toBe(fits);
  expect(splitInputs(requestOf(2_048), 1)).toHaveLength(2_048);
  const long = requestOf(2_049);
  expect(splitInputs(long, 1)).toEqual([{ request: long, offset: 0 }]);
});

test("answers are one answer again, whose usage is known where that of all is", () => {
  const usage = { input: 3, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 };
  const answer = (value: number, told = true): EmbeddingResponse => ({
    ...{ id: `e${value}`, model: "m-1" },
    vectors: [{ encoding: "float", values: [value] }],
    ...(told && { usage }),
  });
  expect(joinVectors([answer(1), answer(2)])).toEqual({
    ...{ id: "e1", model: "m-1", usage: { ...usage, input: 6 } },
    vectors: [
      { encoding: "float", values: [1] },
      { encoding: "float", values: [2] },
    ],
  });
  expect(joinVectors([answer(1), answer(2, false)]).usage).toBeUndefined();
});
