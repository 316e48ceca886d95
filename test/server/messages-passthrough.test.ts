import { afterAll, beforeAll, expect, test } from "bun:test";
import Anthropic from "@anthropic-ai/sdk";
import { type GatewayFixture, startGateway, upstreamSecret } from "../support/gateway-fixture.ts";

const seen: { headers: Headers; body: string; path: string }[] = [];
let upstream: ReturnType<typeof Bun.serve>;
let gateway: GatewayFixture;
let answer: () => Response;

const message = {
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: "theirs",
  content: [{ type: "text", text: "Hi" }],
  stop_reason: "end_turn",
  stop_sequence: null,
  usage: { input_tokens: 3, output_tokens: 1 },
};

beforeAll(async () => {
  upstream = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: async (request) => {
      seen.push({
        headers: request.headers,
        body: await request.text(),
        path: new URL(request.url).pathname,
      });
      return answer();
    },
  });
  gateway = await startGateway({
    baseUrls: [`http://127.0.0.1:${upstream.port}/v1`],
    dialects: ["anthropic-messages"],
  });
});
afterAll(async () => {
  await gateway.stop();
  await upstream.stop(true);
});

test("a caller's version and betas reach a target of its dialect, its credential and other headers do not", async () => {
  answer = () => Response.json(message);
  const client = new Anthropic({ baseURL: gateway.url, apiKey: gateway.key, maxRetries: 0 });
  const told = await client.beta.messages.create({
    model: "fast",
    max_tokens: 10,
    betas: ["context-1m-2025-08-07"],
    messages: [{ role: "user", content: "Hello" }],
  });
  expect(told.content).toMatchObject([{ type: "text", text: "Hi" }]);
  const sent = seen.pop();
  expect(sent?.path).toBe("/v1/messages");
  expect(sent?.headers.get("anthropic-beta")).toBe("context-1m-2025-08-07");
  expect(sent?.headers.get("anthropic-version")).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(sent?.headers.get("authorization")).toBe(`Bearer ${upstreamSecret}`);
  expect(JSON.stringify([...(sent?.headers ?? [])])).not.toContain(gateway.key);
  expect(sent?.headers.get("x-stainless-lang")).toBeNull();
});

test("a vendor that quotes a beta finds fault with the request, not with the gateway's account", async () => {
  const error = {
    type: "invalid_request_error",
    message: "Unexpected value `no-such-beta-1` for anthropic-beta",
  };
  answer = () => Response.json({ type: "error", error }, { status: 400 });
  const response = await gateway.call(
    "/v1/messages",
    { model: "fast", max_tokens: 10, messages: [{ role: "user", content: "Hello" }] },
    { "anthropic-beta": "no-such-beta-1" },
  );
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ type: "error", error });
});

test("a header that no head could hold is not passed on", async () => {
  answer = () => Response.json(message);
  await gateway.call(
    "/v1/messages",
    { model: "fast", max_tokens: 10, messages: [{ role: "user", content: "Hello" }] },
    { "anthropic-beta": "x".repeat(5_000) },
  );
  expect(seen.pop()?.headers.get("anthropic-beta")).toBeNull();
});
