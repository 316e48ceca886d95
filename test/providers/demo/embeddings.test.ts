import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { decodeFloats } from "../../../src/dialects/embeddings/float32.ts";
import { vectorOf } from "../../../src/providers/demo/vector.ts";
import { callDemo, wordDemo } from "./support/call-demo.ts";

const head = "POST /v1/embeddings HTTP/1.1\r\nhost: demo\r\ncontent-type: application/json\r\n";

async function embed(body: unknown) {
  const { head: answered, text, error } = await callDemo(wordDemo(), body, { head });
  return { status: answered?.status, json: error === undefined ? JSON.parse(text) : undefined, error };
}

function closeness(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}

describe("vectors of the demo provider", () => {
  test("are the same for the same text and close for texts that share words", async () => {
    const input = ["the cat sat on the mat", "the cat lay on the mat", "quarterly revenue forecast"];
    const first = await embed({ model: "echo", input });
    expect(first.status).toBe(200);
    expect(first.json).toEqual((await embed({ model: "echo", input })).json);
    const [a, b, c] = first.json.data.map(({ embedding }: { embedding: number[] }) => embedding);
    expect(a).toHaveLength(256);
    expect(closeness(a, b)).toBeGreaterThan(0.5);
    expect(closeness(a, b)).toBeGreaterThan(closeness(a, c) + 0.3);
    expect(first.json.usage).toEqual({ prompt_tokens: 15, total_tokens: 15 });
  });

  test("have length 1, whatever the text and the number of dimensions", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 512 }), (text, dimensions) => {
        const vector = vectorOf(text, dimensions);
        expect(vector).toHaveLength(dimensions);
        expect(closeness(vector, vector)).toBeCloseTo(1, 5);
        expect(vector).toEqual(vectorOf(text, dimensions));
      }),
    );
  });

  test("come as base64 and in the length that is asked for", async () => {
    const input = "Grüße 👋🏽";
    const { json: floats } = await embed({ model: "echo", input, dimensions: 8 });
    const { json: base64 } = await embed({ model: "echo", input, dimensions: 8, encoding_format: "base64" });
    expect(decodeFloats(base64.data[0].embedding)).toEqual(floats.data[0].embedding);
  });

  test("are made of token ids, too", async () => {
    const { json } = await embed({ model: "echo", input: [[1, 2], [3]] });
    expect(json.data).toHaveLength(2);
    expect(json.usage.prompt_tokens).toBe(3);
    expect((await embed({ model: "echo", input: [1, 2] })).json.data).toHaveLength(1);
  });

  test("are refused to what is no request, with the field's name", async () => {
    const wrong: readonly (readonly [body: unknown, status: number, param: string | null])[] = [
      ["{", 400, null],
      [{ input: "a" }, 400, "model"],
      [{ model: "nothing", input: "a" }, 404, "model"],
      [{ model: "lorem", input: "a" }, 400, "model"],
      [{ model: "fail-503", input: "a" }, 503, null],
      [{ model: "echo" }, 400, "input"],
      [{ model: "echo", input: 7 }, 400, "input"],
      [{ model: "echo", input: [] }, 400, "input"],
      [{ model: "echo", input: "" }, 400, "input"],
      [{ model: "echo", input: ["a", null] }, 400, "input[1]"],
      [{ model: "echo", input: [[-1]] }, 400, "input[0]"],
      [{ model: "echo", input: "a".repeat(1_000_001) }, 400, "input"],
      [{ model: "echo", input: "a", dimensions: 0 }, 400, "dimensions"],
      [{ model: "echo", input: "a", encoding_format: "hex" }, 400, "encoding_format"],
    ];
    for (const [body, status, param] of wrong) {
      const answer = await embed(body);
      expect([answer.status, answer.json.error.param]).toEqual([status, param]);
    }
  });

  test("break off in the middle where the model does", async () => {
    const { error } = await embed({ model: "fail-cut", input: "a" });
    expect(error?.code).toStartWith("LK-3");
  });
});
