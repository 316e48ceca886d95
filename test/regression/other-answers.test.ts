import { expect, test } from "bun:test";
import type { ChatCompletion, ChatCompletionChunk } from "openai/resources";
import { encodeEventStreamMessage } from "../../src/dialects/bedrock-converse/event-stream.ts";
import { chat, eventsIn, messages, play, sample } from "./support/play.ts";

const chatPath = "/v1/chat/completions";
const stream = { ...chat, stream: true, stream_options: { include_usage: true } };
const aws = "application/vnd.amazon.eventstream" as const;

function frame(kind: string, type: string, payload: object): Uint8Array {
  const headers = { ":message-type": kind, [`:${kind}-type`]: type, ":content-type": "application/json" };
  return encodeEventStreamMessage(headers, Buffer.from(JSON.stringify(payload)));
}
const begun = [
  frame("event", "messageStart", { role: "assistant" }),
  frame("event", "contentBlockDelta", { contentBlockIndex: 0, delta: { text: "Grüezi" } }),
];
const joined = (frames: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat(frames));

test("Bedrock's text without a start, and its usage after the stop, are told", async () => {
  const usage = { inputTokens: 3, outputTokens: 2, totalTokens: 5 };
  const frames = [
    ...begun,
    frame("event", "contentBlockStop", { contentBlockIndex: 0 }),
    frame("event", "messageStop", { stopReason: "end_turn" }),
    frame("event", "metadata", { usage }),
  ];
  const { ask } = await play({ dialect: "bedrock-converse", type: aws, body: joined(frames) });
  const events = eventsIn(await ask(chatPath, stream));
  const chunks = events.slice(0, -1) as readonly ChatCompletionChunk[];
  expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe("Grüezi");
  expect(chunks.at(-1)?.usage).toMatchObject({ prompt_tokens: 3, completion_tokens: 2 });
  expect(events.at(-1)).toBe("[DONE]");
});

test("Bedrock's exception under status 200 is an error in the caller's form, never an end", async () => {
  const failed = frame("exception", "throttlingException", { message: "Too many tokens" });
  const body = joined([...begun, failed]);
  const { ask } = await play({ dialect: "bedrock-converse", type: aws, body });
  const toChat = await ask(chatPath, stream);
  expect(eventsIn(toChat).at(-1)).toMatchObject({
    error: { code: "rate_limit_exceeded", message: expect.stringContaining("Too many tokens") },
  });
  expect(toChat).not.toContain("[DONE]");
  const toMessages = await ask("/v1/messages", { ...messages, stream: true });
  expect(eventsIn(toMessages).at(-1)).toMatchObject({ type: "error", error: { type: "rate_limit_error" } });
  expect(toMessages).not.toContain("message_stop");
});

test("Ollama's calls have arguments as objects, no ids and `stop` as their reason", async () => {
  const call = { function: { name: "weather", arguments: { city: "Bern" } } };
  const answer = {
    model: "qwen3",
    message: { role: "assistant", content: "", tool_calls: [call, call] },
    done: true,
    done_reason: "stop",
    prompt_eval_count: 3,
    eval_count: 2,
  };
  const body = JSON.stringify(answer);
  const { ask } = await play({ dialect: "ollama-chat", type: "application/json", body });
  const [choice] = (JSON.parse(await ask(chatPath, chat)) as ChatCompletion).choices;
  expect(choice?.finish_reason).toBe("tool_calls");
  const calls = choice?.message.tool_calls ?? [];
  expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
  expect(calls[0]).toMatchObject({ function: { arguments: '{"city":"Bern"}' } });
});

test("Cohere's plan for its tools is no text of the answer", async () => {
  const whole = await play({
    dialect: "cohere-chat",
    type: "application/json",
    body: sample("cohere-chat/tools.json"),
  });
  const [choice] = (JSON.parse(await whole.ask(chatPath, chat)) as ChatCompletion).choices;
  expect(choice?.message.content ?? "").toBe("");
  expect(choice?.message.tool_calls).toHaveLength(2);
  const body = sample("cohere-chat/tools.sse");
  const streamed = await play({ dialect: "cohere-chat", type: "text/event-stream", body });
  const chunks = eventsIn(await streamed.ask(chatPath, stream)).slice(
    0,
    -1,
  ) as readonly ChatCompletionChunk[];
  expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe("");
});
