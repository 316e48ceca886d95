import { expect, test } from "bun:test";
import fc from "fast-check";
import type { EmbeddingShape } from "../../../src/dialects/embeddings/embedding-dialect.ts";
import { embeddingEgresses } from "../../../src/dialects/embeddings/index.ts";

test.each([
  [
    "openai",
    404,
    `{"error":{"code":"model_not_found","message":"The model does not exist","param":null,"type":"invalid_request_error"}}`,
    { kind: "not-found", message: "The model does not exist", code: "model_not_found" },
  ],
  [
    "openai",
    400,
    `{"error":{"message":"too big - 'input'","type":"invalid_request_error","param":"input","code":null}}`,
    {
      kind: "invalid-request",
      message: "too big - 'input'",
      code: "invalid_request_error",
      param: "input",
    },
  ],
  [
    "openai",
    429,
    `{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}`,
    { kind: "quota", message: "You exceeded your current quota", code: "insufficient_quota" },
  ],
  [
    "openai",
    400,
    `{"error":{"message":"This model's maximum context length is 8192 tokens","code":null}}`,
    { kind: "context-length", message: "This model's maximum context length is 8192 tokens" },
  ],
  [
    "mistral",
    422,
    `{"object":"error","message":{"detail":[{"msg":"x"}]},"type":"invalid_request_error"}`,
    { kind: "invalid-request", message: "x" },
  ],
  ["mistral", 422, `{"detail":[{"loc":["body"],"msg":"Field required"}]}`, { message: "Field required" }],
  [
    "voyage",
    401,
    `{"detail":"Provided API key is invalid."}`,
    { kind: "authentication", message: "Provided API key is invalid." },
  ],
  ["jina", 402, `{"detail":"Insufficient balance"}`, { kind: "quota" }],
  [
    "huggingface",
    503,
    `{"error":"Model is loading","estimated_time":20}`,
    { kind: "overloaded", message: "Model is loading" },
  ],
  ["huggingface", 422, `{"error":["one","two"]}`, { message: "one; two" }],
  [
    "gemini",
    404,
    `{"error":{"code":404,"message":"models/x is not found","status":"NOT_FOUND"}}`,
    { kind: "not-found", message: "models/x is not found" },
  ],
  ["bedrock", 403, `{"message":"denied"}`, { kind: "permission", message: "denied" }],
  ["ollama", 404, `{"error":"model not found"}`, { kind: "not-found", message: "model not found" }],
  [
    "cohere",
    404,
    `{"id":"8b","message":"model 'x' not found"}`,
    { kind: "not-found", message: "model 'x' not found" },
  ],
  ["vertex", 500, "<html>", { kind: "server", message: "<html>" }],
  ["nvidia", 529, "", { kind: "overloaded", message: "no message" }],
  ["perplexity", 418, `{"error":{}}`, { kind: "invalid-request", message: "no message" }],
] as const)("an error of %s with status %d and body %s", (shape, status, body, expected) => {
  expect(embeddingEgresses[shape].parseError(status, Buffer.from(body))).toMatchObject(expected);
});

test("an error of any shape has a kind and words", () => {
  const shapes = fc.constantFrom(...(Object.keys(embeddingEgresses) as EmbeddingShape[]));
  const bytes = fc.oneof(
    fc.uint8Array(),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify({ error: value, detail: value }))),
  );
  fc.assert(
    fc.property(shapes, fc.integer({ min: 400, max: 599 }), bytes, (shape, status, body) => {
      const { kind, message } = embeddingEgresses[shape].parseError(status, body);
      expect(kind).toMatch(/./);
      expect(message.length).toBeGreaterThan(0);
    }),
  );
});
