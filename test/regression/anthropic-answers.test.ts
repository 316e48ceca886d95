import { expect, test } from "bun:test";
import type { ChatCompletionChunk } from "openai/resources";
import { chat, eventsIn, messages, play, sample } from "./support/play.ts";

const dialect = "anthropic-messages" as const;
const chatPath = "/v1/chat/completions";
type Delta = ChatCompletionChunk["choices"][number]["delta"] & {
  readonly reasoning_details?: readonly object[];
};

async function deltasOf(name: string) {
  const stage = await play({
    dialect,
    model: "claude-sonnet-4-5",
    type: "text/event-stream",
    body: sample(`${dialect}/${name}`),
  });
  const asked = { ...chat, stream: true, stream_options: { include_usage: true }, reasoning_effort: "low" };
  const chunks = eventsIn(await stage.ask(chatPath, asked)).slice(0, -1) as readonly ChatCompletionChunk[];
  const deltas = chunks.flatMap(({ choices }) => choices.map((choice) => choice.delta as Delta));
  return { ...stage, deltas, usage: chunks.at(-1)?.usage };
}

test("tokens from the cache, which Anthropic counts apart, are among OpenAI's tokens of the prompt", async () => {
  const body = sample(`${dialect}/cache-usage.json`);
  const counted = (JSON.parse(Buffer.from(body).toString()) as { usage: Record<string, number> }).usage;
  const {
    input_tokens = 0,
    cache_read_input_tokens: read = 0,
    cache_creation_input_tokens: written = 0,
  } = counted;
  expect(read).toBeGreaterThan(0);
  const { ask } = await play({ dialect, type: "application/json", body });
  expect(JSON.parse(await ask(chatPath, chat))).toMatchObject({
    usage: { prompt_tokens: input_tokens + read + written, prompt_tokens_details: { cached_tokens: read } },
  });
});

test("counts of a stream are totals and are not added up", async () => {
  // It begins with one token of output and ends with nine in all.
  expect((await deltasOf("text.sse")).usage).toMatchObject({ prompt_tokens: 12, completion_tokens: 9 });
});

test("a tool without arguments, which streams one empty piece, is called with an empty object", async () => {
  const { deltas } = await deltasOf("tool-without-arguments.sse");
  const pieces = deltas.flatMap(({ tool_calls = [] }) =>
    tool_calls.map((call) => call.function?.arguments ?? ""),
  );
  expect(JSON.parse(pieces.join(""))).toEqual({});
});

test("signatures and sealed thinking come back unchanged through Chat Completions", async () => {
  const { deltas, ask, sent } = await deltasOf("thinking.sse");
  const reasoning_details = deltas.flatMap((delta) => delta.reasoning_details ?? []);
  const content = deltas.map((delta) => delta.content ?? "").join("");
  const turns = [
    { role: "assistant", content, reasoning_details },
    { role: "user", content: "And three?" },
  ];
  await ask(chatPath, { ...chat, stream: true, messages: [...chat.messages, ...turns] });
  expect((sent[1] as { readonly messages: readonly unknown[] }).messages[1]).toEqual({
    role: "assistant",
    content: [
      { type: "thinking", thinking: "Two and two …", signature: "RXFRQnNpZw==" },
      { type: "redacted_thinking", data: "RW1ibGluZA==" },
      { type: "text", text: "Four." },
    ],
  });
});

test("the list of models is Anthropic's for whoever sends `anthropic-version`, by either credential", async () => {
  const { gateway } = await play({ dialect, type: "application/json", body: sample(`${dialect}/text.json`) });
  const version = { "anthropic-version": "2023-06-01" };
  const own = await (await gateway.call("/v1/models", undefined, version)).json();
  expect(own).toMatchObject({ data: [{ type: "model", id: "fast" }], has_more: false });
  expect(await (await gateway.call("/v1/models")).json()).toMatchObject({ object: "list" });
  const headers = { ...version, "content-type": "application/json" };
  for (const credential of [{ authorization: `Bearer ${gateway.key}` }, { "x-api-key": gateway.key }]) {
    const init = { method: "POST", body: JSON.stringify(messages), headers: { ...headers, ...credential } };
    expect((await fetch(`${gateway.url}/v1/messages`, init)).status).toBe(200);
  }
});
