import { expect, test } from "bun:test";
import OpenAI from "openai";
import { afterTest } from "../support/after-test.ts";
import { type GatewayFixture, type GatewayFixtureOptions, startGateway } from "../support/gateway-fixture.ts";
import { startReplayUpstream, wholeAnswer } from "../support/replay-upstream.ts";

/** A gateway whose only target refuses everything with this body. */
async function refusing(
  status: number,
  body: string,
  options: Omit<GatewayFixtureOptions, "baseUrls"> = {},
): Promise<GatewayFixture> {
  const upstream = startReplayUpstream(({ send, end }) => {
    send(wholeAnswer(body, status));
    end();
  });
  afterTest(upstream.stop);
  const gateway = await startGateway({ baseUrls: [upstream.baseUrl], ...options });
  afterTest(gateway.stop);
  return gateway;
}

const shapes = [
  ['{"object":"error","message":"top_k is unknown","type":"invalid_request_error"}', "top_k is unknown"],
  [
    '{"object":"error","message":{"detail":[{"msg":"top_k is unknown","loc":["body","top_k"]}]}}',
    "top_k is unknown",
  ],
  ['{"message":"top_k is unknown"}', "top_k is unknown"],
  ['{"detail":"top_k is unknown"}', "top_k is unknown"],
  ['{"detail":[{"msg":"top_k is unknown","loc":["body","top_k"]}]}', "top_k is unknown"],
  ['{"success":false,"errors":[{"code":5006,"message":"top_k is unknown"}],"result":{}}', "top_k is unknown"],
  ['{"errors":["top_k is unknown"]}', "top_k is unknown"],
  ['{"error":"top_k is unknown"}', "top_k is unknown"],
  ['[{"error":{"code":400,"message":"top_k is unknown","status":"INVALID_ARGUMENT"}}]', "top_k is unknown"],
  ['{"something":"else"}', "else"],
] as const;

const messages = [{ role: "user" as const, content: "Hello" }];
const callers = [
  ["openai-chat", "/v1/chat/completions", { model: "fast", messages }],
  ["openai-responses", "/v1/responses", { model: "fast", input: "Hello" }],
  ["anthropic-messages", "/v1/messages", { model: "fast", messages, max_tokens: 5 }],
  ["gemini", "/v1beta/models/fast:generateContent", { contents: [{ parts: [{ text: "Hello" }] }] }],
] as const;

test.each(shapes)("OpenAI's client tells the words of %s", async (body, words) => {
  for (const status of [400, 422]) {
    const gateway = await refusing(status, body);
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
    const failure: unknown = await client.chat.completions
      .create({ model: "fast", messages })
      .catch((thrown: unknown) => thrown);
    if (!(failure instanceof OpenAI.BadRequestError)) throw new Error(`not refused: ${String(failure)}`);
    expect(failure.message).toContain(words);
    expect(failure.message).not.toContain("no body");
    expect([failure.type, failure.code]).toEqual(["invalid_request_error", "LK-3015"]);
  }
});

test.each(
  callers.flatMap(([dialect, path, asked]) =>
    shapes
      .filter(([shape]) => dialect !== "gemini" || !shape.startsWith("["))
      .map(([shape, words]) => [dialect, shape, words, path, asked] as const),
  ),
)(
  "a caller of %s finds the words of %s where it looks for them",
  async (dialect, shape, words, path, asked) => {
    const gateway = await refusing(400, shape, { dialects: [dialect] });
    const response = await gateway.call(path, asked);
    expect([response.status, response.headers.get("x-latchkey-error")]).toEqual([400, "LK-3015"]);
    const told = (await response.json()) as { readonly error: { readonly message: string } };
    expect(told.error.message).toContain(words);
    expect(JSON.stringify(told)).toContain("LK-3015");
  },
);

test.each(callers)("what has the shape of %s passes as it came", async (dialect, path, asked) => {
  const body =
    '{"type":"error","error":{"type":"invalid_request_error","message":"No such thing","code":"x_1"}}';
  const gateway = await refusing(422, body, { dialects: [dialect] });
  const response = await gateway.call(path, asked);
  expect([response.status, await response.text()]).toEqual([422, body]);
});

test("an error in a list passes to callers of Gemini, whose streams have it so", async () => {
  const body = '[{"error":{"code":400,"message":"No such thing","status":"INVALID_ARGUMENT"}}]';
  const gateway = await refusing(400, body, { dialects: ["gemini"] });
  const response = await gateway.call("/v1beta/models/fast:streamGenerateContent", callers[3][2]);
  expect(await response.text()).toBe(body);
});

const apis = {
  embeddings: { path: "/embeddings", shape: "openai", quirks: {} },
  rerank: { path: "/rerank", shape: "cohere", quirks: {} },
} as const;

test("callers of embeddings find the words as well", async () => {
  const gateway = await refusing(422, '{"detail":[{"msg":"too many inputs","loc":["body","input"]}]}', {
    apis,
  });
  const response = await gateway.call("/v1/embeddings", { model: "fast", input: "Hello" });
  expect(await response.json()).toMatchObject({
    error: { message: expect.stringContaining("too many inputs") },
  });
});

test.each([
  ['{"message":"too many documents"}', '{"message":"too many documents"}'],
  ['{"error":{"message":"too many documents"}}', '"message":"The model provider'],
])("callers of rerank find them in `message`: %s", async (body, expected) => {
  const gateway = await refusing(400, body, { apis });
  const response = await gateway.call("/v2/rerank", { model: "fast", query: "a", documents: ["b"] });
  const text = await response.text();
  expect(text).toContain(expected);
  expect(text).toContain("too many documents");
});
