import { expect, test } from "bun:test";
import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { afterTest } from "../support/after-test.ts";
import { type GatewayFixture, startGateway } from "../support/gateway-fixture.ts";
import { startReplayUpstream, streamAnswer } from "../support/replay-upstream.ts";

type Dialect = "openai-chat" | "anthropic-messages" | "openai-responses" | "gemini";

async function streaming(
  dialect: Dialect,
  body: string,
  places: readonly number[] = [],
): Promise<GatewayFixture> {
  const upstream = startReplayUpstream(({ send, end }) => {
    send(streamAnswer(Buffer.from(body), places));
    end();
  });
  afterTest(upstream.stop);
  const gateway = await startGateway({ baseUrls: [upstream.baseUrl], dialects: [dialect] });
  afterTest(gateway.stop);
  return gateway;
}

const chunk = (value: object): string =>
  `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "m", ...value })}\n\n`;
const chatBegin =
  chunk({ choices: [{ index: 0, delta: { role: "assistant", content: "Hello" }, finish_reason: null }] }) +
  chunk({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
const chatEnd = `${chunk({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } })}data: [DONE]\n\n`;
const messages = [{ role: "user" as const, content: "Hi" }];

test("a Chat stream that ends inside its last events is whole wherever it ends, and has no half of one", async () => {
  for (let cut = 0; cut < chatEnd.length; cut += 3) {
    const gateway = await streaming("openai-chat", chatBegin + chatEnd.slice(0, cut));
    const asked = { model: "fast", messages, stream: true, stream_options: { include_usage: true } };
    const text = await (await gateway.call("/v1/chat/completions", asked)).text();
    const data = text
      .trimEnd()
      .split(/\n\n+/)
      .filter((event) => event !== "")
      .map((event) => event.slice("data: ".length));
    expect(data.at(-1)).toBe("[DONE]");
    for (const event of data.slice(0, -1)) expect(() => JSON.parse(event)).not.toThrow();
    expect(data.filter((event) => event === "[DONE]")).toHaveLength(1);
    const hasUsage = text.includes("prompt_tokens");
    const row = await gateway.row();
    expect([row.errorCode, row.usage === null]).toEqual([null, !hasUsage]);
  }
});

test("OpenAI's client reads such a stream to its end", async () => {
  const gateway = await streaming("openai-chat", chatBegin + chatEnd.slice(0, 90));
  const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
  let words = "";
  for await (const { choices } of await client.chat.completions.create({
    model: "fast",
    messages,
    stream: true,
  }))
    words += choices[0]?.delta.content ?? "";
  expect(words).toBe("Hello");
});

const event = (value: { readonly type: string }): string =>
  `event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`;
const messagesBegin = [
  {
    type: "message_start",
    message: {
      id: "m",
      type: "message",
      role: "assistant",
      model: "m",
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 3, output_tokens: 1 },
    },
  },
  { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
  { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Hello" } },
  { type: "content_block_stop", index: 0 },
  {
    type: "message_delta",
    delta: { stop_reason: "end_turn", stop_sequence: null },
    usage: { output_tokens: 2 },
  },
]
  .map(event)
  .join("");
const stop = event({ type: "message_stop" });

test("a stream of Anthropic's that ends before the data of `message_stop` was cut", async () => {
  for (let cut = 0; cut < stop.trimEnd().length; cut++) {
    const body = messagesBegin + stop.slice(0, cut);
    const gateway = await streaming("anthropic-messages", body, cut > 4 ? [messagesBegin.length + 3] : []);
    const asked = { model: "fast", max_tokens: 9, messages, stream: true };
    const text = await (await gateway.call("/v1/messages", asked)).text();
    expect(text).toStartWith(messagesBegin);
    expect(text).not.toContain("message_stop");
    expect(text.slice(messagesBegin.length)).toMatch(/^event: error\ndata: .*LK-3008.*\n\n$/);
    expect(await gateway.row()).toMatchObject({ errorCode: "LK-3008", usage: { output: 2 } });
  }
});

test("Anthropic's client fails at such a stream", async () => {
  const gateway = await streaming("anthropic-messages", messagesBegin + stop.slice(0, 40));
  const client = new Anthropic({ baseURL: gateway.url, apiKey: gateway.key, maxRetries: 0 });
  const asked = client.messages.stream({ model: "fast", max_tokens: 9, messages });
  expect(asked.finalMessage()).rejects.toThrow("cut its answer short");
});

test.each([
  [
    "gemini",
    "/v1beta/models/fast:streamGenerateContent?alt=sse",
    { contents: [{ parts: [{ text: "Hi" }] }] },
    'data: {"candidates":[{"content":{"role":"model","parts":[{"text":"Hello"}]},"finishReason":"STOP"}]}\r\n\r\n',
    'data: {"usageMetadata":{"promptTok',
  ],
  [
    "openai-responses",
    "/v1/responses",
    { model: "fast", input: "Hi", stream: true },
    event({ type: "response.completed", response: { id: "r", status: "completed", output: [] } } as never),
    'event: more\ndata: {"type":"mo',
  ],
] as const)(
  "half an event after the end of a stream of %s is not passed",
  async (dialect, path, body, begin, half) => {
    const gateway = await streaming(dialect, begin + half);
    expect(await (await gateway.call(path, body)).text()).toBe(begin);
    expect(await gateway.row()).toMatchObject({ errorCode: null });
  },
);
