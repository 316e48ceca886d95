import { expect, test } from "bun:test";
import type { ChatCompletionChunk } from "openai/resources";
import { chat, eventsIn, messages, play, sample } from "./support/play.ts";

const sse = "text/event-stream" as const;
const chunksIn = (text: string): readonly ChatCompletionChunk[] =>
  eventsIn(text).filter((event): event is ChatCompletionChunk => event !== "[DONE]");

test("the chunk with usage has no choices, and comes only to those who ask for it", async () => {
  const { ask, gateway } = await play({
    dialect: "anthropic-messages",
    type: sse,
    body: sample("anthropic-messages/text.sse"),
  });
  const path = "/v1/chat/completions";
  const asked = chunksIn(await ask(path, { ...chat, stream: true, stream_options: { include_usage: true } }));
  expect(asked.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 12, completion_tokens: 9 } });
  const silent = chunksIn(await ask(path, { ...chat, stream: true }));
  expect(silent.every(({ choices, usage }) => choices.length === 1 && !usage)).toBe(true);
  expect((await gateway.row(({ usage }) => usage !== null)).usage).toMatchObject({ input: 12, output: 9 });
});

test("every piece of a tool call has its index", async () => {
  const body = sample("anthropic-messages/tools.sse");
  const { ask } = await play({ dialect: "anthropic-messages", type: sse, body });
  const chunks = chunksIn(await ask("/v1/chat/completions", { ...chat, stream: true }));
  const calls = chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? []);
  expect(new Set(calls.map(({ index }) => index))).toEqual(new Set([0, 1]));
  expect(calls.filter(({ id }) => id !== undefined).map(({ id }) => id)).toEqual(["toolu_01A", "toolu_01B"]);
});

test.each([
  ["an empty first chunk", "vendors/empty-first-chunk.sse"],
  ["usage on the chunk that finishes", "usage-on-finish.sse"],
  ["tool calls in one piece", "vendors/whole-tool-calls.sse"],
])("a stream with %s reaches callers of another dialect whole", async (_, name) => {
  const { ask, gateway } = await play({
    dialect: "openai-chat",
    type: sse,
    body: sample(`openai-chat/${name}`),
  });
  const events = eventsIn(await ask("/v1/messages", { ...messages, stream: true }));
  const types = events.map((event) => (event as { readonly type: string }).type);
  expect(types.slice(0, 1)).toEqual(["message_start"]);
  expect(types.slice(-2)).toEqual(["message_delta", "message_stop"]);
  expect(types).toContain("content_block_delta");
  const { usage } = await gateway.row();
  expect(events.at(-2)).toMatchObject({ usage: { output_tokens: usage?.output ?? 0 } });
});

test("ids of nine characters, as Mistral makes and wants them, come back to it", async () => {
  const body = sample("openai-chat/vendors/whole-tool-calls.sse");
  const { ask, sent } = await play({ dialect: "openai-chat", type: sse, body });
  const events = eventsIn(await ask("/v1/messages", { ...messages, stream: true }));
  const started = events.flatMap((event) => {
    const { content_block: block } = event as {
      readonly content_block?: { readonly type: string; readonly id?: string };
    };
    return block?.type === "tool_use" ? [block.id] : [];
  });
  expect(started.length).toBeGreaterThan(0);
  const uses = started.map((id) => ({ type: "tool_use", id, name: "weather", input: {} }));
  const results = started.map((tool_use_id) => ({ type: "tool_result", tool_use_id, content: "sunny" }));
  const turns = [
    { role: "assistant", content: uses },
    { role: "user", content: results },
  ];
  await ask("/v1/messages", { ...messages, stream: true, messages: [...messages.messages, ...turns] });
  const back = (sent[1] as { readonly messages: readonly { readonly tool_call_id?: string }[] }).messages;
  expect(back.flatMap(({ tool_call_id }) => tool_call_id ?? [])).toEqual(started.map(String));
});
