import { describe, expect, test } from "bun:test";
import Anthropic from "@anthropic-ai/sdk";
import type { ArtifactTarget } from "../../src/artifact/artifact.ts";
import { afterTest } from "../support/after-test.ts";
import { startGateway } from "../support/gateway-fixture.ts";
import { startReplayUpstream, wholeAnswer } from "../support/replay-upstream.ts";

/** A model on Vertex AI whose answers are errors of Google Cloud's. */
async function start(dialect: ArtifactTarget["dialect"], status: number, body: object) {
  const upstream = startReplayUpstream(({ send }) => send(wholeAnswer(JSON.stringify(body), status)));
  afterTest(upstream.stop);
  const gateway = await startGateway({
    baseUrls: [upstream.baseUrl],
    dialects: [dialect],
    upstreamModels: ["claude-sonnet-4-5@20250929"],
    ...(dialect === "anthropic-messages" && { quirks: [{ host: "vertex" }] }),
  });
  afterTest(gateway.stop);
  return gateway;
}

const words = "Quota exceeded for aiplatform.googleapis.com/online_prediction_requests_per_base_model.";
const exhausted = {
  error: {
    code: 429,
    message: words,
    status: "RESOURCE_EXHAUSTED",
    details: [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "13.2s" }],
  },
};
const messages = [{ role: "user" as const, content: "Hello" }];
const said = { model: "fast", messages };
const callers = [
  ["/v1/messages", { ...said, max_tokens: 9 }, { type: "rate_limit_error" }],
  ["/v1/messages", { ...said, max_tokens: 9, stream: true }, { type: "rate_limit_error" }],
  ["/v1/chat/completions", said, { type: "rate_limit_error", code: "rate_limit_exceeded" }],
  ["/v1/responses", { model: "fast", input: "Hello" }, { code: "rate_limit_exceeded" }],
  [
    "/v1beta/models/fast:generateContent",
    { contents: [{ parts: [{ text: "Hello" }] }] },
    {
      status: "RESOURCE_EXHAUSTED",
      details: expect.arrayContaining([expect.objectContaining({ retryDelay: "14s" })]),
    },
  ],
] as const;

describe("a limit of Google Cloud's", () => {
  test.each(
    (["anthropic-messages", "openai-chat"] as const).flatMap((dialect) =>
      callers.map(([path, body, error]) => [dialect, path, body, error] as const),
    ),
  )(
    "for a model that speaks %s tells a caller of %s when to come again",
    async (dialect, path, body, error) => {
      const gateway = await start(dialect, 429, exhausted);
      const response = await gateway.call(path, body);
      expect([response.status, response.headers.get("retry-after")]).toEqual([429, "14"]);
      expect(response.headers.get("x-latchkey-error")).toBe("LK-3011");
      const told = (await response.json()) as { readonly error: { readonly message: string } };
      expect(told.error).toMatchObject(error as never);
      expect(told.error.message).toContain(words);
      expect(await gateway.row()).toMatchObject({
        status: 429,
        errorCode: "LK-3011",
        errorDetail: `status 429: RESOURCE_EXHAUSTED: ${words}`,
      });
    },
  );

  test("is thrown by Anthropic's client as its own", async () => {
    const gateway = await start("anthropic-messages", 429, exhausted);
    const client = new Anthropic({ baseURL: gateway.url, apiKey: gateway.key, maxRetries: 0 });
    const failure: unknown = await client.messages
      .create({ model: "fast", max_tokens: 9, messages })
      .catch((thrown: unknown) => thrown);
    if (!(failure instanceof Anthropic.RateLimitError)) throw new Error(`not limited: ${String(failure)}`);
    expect(failure.headers.get("retry-after")).toBe("14");
  });
});

test("what Google Cloud holds against a request reaches Anthropic's client in Anthropic's shape", async () => {
  const refused = { error: { code: 400, message: "max_tokens: too many", status: "INVALID_ARGUMENT" } };
  const gateway = await start("anthropic-messages", 400, refused);
  const client = new Anthropic({ baseURL: gateway.url, apiKey: gateway.key, maxRetries: 0 });
  const failure: unknown = await client.messages
    .create({ model: "fast", max_tokens: 9, messages })
    .catch((thrown: unknown) => thrown);
  if (!(failure instanceof Anthropic.BadRequestError)) throw new Error(`not refused: ${String(failure)}`);
  expect(failure.error).toMatchObject({
    type: "error",
    error: { type: "invalid_request_error", message: expect.stringContaining("max_tokens: too many") },
  });
  expect(failure.message).toContain("max_tokens: too many");
});
