import { afterAll, describe, expect, test } from "bun:test";
import { GoogleGenAI } from "@google/genai";
import { CohereClientV2 } from "cohere-ai";
import OpenAI from "openai";
import { geminiIngress, openaiIngress } from "../../../src/dialects/embeddings/index.ts";
import { rerankIngress } from "../../../src/dialects/rerank/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";

const vectors = [
  { encoding: "float", values: [0.25, -0.5] },
  { encoding: "base64", data: "AADAPwAAAEA=" },
] as const;
const numbers = [
  [0.25, -0.5],
  [1.5, 2],
];
const usage = { input: 7, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 };
const results = [
  { index: 1, score: 0.75 },
  { index: 0, score: 0.25 },
];

/** Answers each client's request in its own dialect, from what was understood of it. */
const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  fetch: async (incoming) => {
    const { pathname } = new URL(incoming.url);
    const body = (await incoming.json()) as JsonObject;
    if (pathname === "/v1/embeddings") {
      const { request } = openaiIngress.parseRequest({ body });
      return Response.json(openaiIngress.renderResponse({ vectors, usage }, { request, model: "m" }));
    }
    if (pathname === "/v2/rerank") {
      const { request } = rerankIngress.parseRequest(body);
      const context = { request, model: "m", requestId: "req_1" };
      return Response.json(rerankIngress.renderResponse({ results, usage }, context));
    }
    const [, model = "", method] = /models\/(.+):(.+)$/.exec(pathname) ?? [];
    const isBatch = method === "batchEmbedContents";
    const { request } = geminiIngress.parseRequest({ body, model, isBatch });
    return Response.json(geminiIngress.renderResponse({ vectors, usage }, { request, model, isBatch }));
  },
});
afterAll(() => server.stop(true));
const baseUrl = `http://127.0.0.1:${server.port}`;

describe("the official client", () => {
  const openai = new OpenAI({ apiKey: "k", baseURL: `${baseUrl}/v1`, maxRetries: 0 });

  test("of OpenAI reads vectors, whose base64 it asks for and undoes by itself", async () => {
    const { data, usage: told } = await openai.embeddings.create({ model: "m", input: ["a", "b"] });
    expect(data.map(({ embedding }) => [...embedding])).toEqual(numbers);
    expect(told).toEqual({ prompt_tokens: 7, total_tokens: 7 });
  });

  test("of OpenAI reads vectors as numbers where it is told to", async () => {
    const { data } = await openai.embeddings.create({ model: "m", input: [1, 2], encoding_format: "float" });
    expect(data.map(({ embedding }) => embedding)).toEqual(numbers);
  });

  test("of Gemini reads vectors of what it sends as a batch", async () => {
    const gemini = new GoogleGenAI({ apiKey: "k", httpOptions: { baseUrl } });
    const { embeddings } = await gemini.models.embedContent({
      model: "gemini-embedding-001",
      contents: ["a", "b"],
      config: { taskType: "RETRIEVAL_QUERY", outputDimensionality: 2 },
    });
    expect(embeddings?.map(({ values }) => values ?? [])).toEqual(numbers);
  });

  test("of Cohere reads an order", async () => {
    const cohere = new CohereClientV2({ token: "k", environment: baseUrl });
    const answer = await cohere.rerank({ model: "m", query: "q", documents: ["a", "b"], topN: 2 });
    expect(answer.results.map(({ index, relevanceScore }) => [index, relevanceScore])).toEqual([
      [1, 0.75],
      [0, 0.25],
    ]);
    expect(answer.meta?.tokens?.inputTokens).toBe(7);
  });
});
