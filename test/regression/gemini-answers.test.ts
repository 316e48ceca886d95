import { expect, test } from "bun:test";
import type { GenerateContentResponse } from "@google/genai";
import type { ChatCompletion, ChatCompletionChunk } from "openai/resources";
import { chat, contents, eventsIn, play, sample } from "./support/play.ts";

const dialect = "gemini" as const;
const model = "gemini-2.5-flash";
const chatPath = "/v1/chat/completions";
const stream = { ...chat, stream: true, stream_options: { include_usage: true } };
const chunksIn = (text: string): readonly ChatCompletionChunk[] =>
  eventsIn(text).filter((event): event is ChatCompletionChunk => event !== "[DONE]");

test("`STOP` beside calls of tools means that tools are called, and each call has an id", async () => {
  const { ask } = await play({ dialect, model, type: "application/json", body: sample("gemini/tools.json") });
  const [choice] = (JSON.parse(await ask(chatPath, chat)) as ChatCompletion).choices;
  expect(choice?.finish_reason).toBe("tool_calls");
  const ids = (choice?.message.tool_calls ?? []).map(({ id }) => id);
  expect(new Set(ids).size).toBe(3);
  expect(ids.every((id) => id.length > 0)).toBe(true);
});

test("lines that end in CRLF, and no `[DONE]`, make a whole stream", async () => {
  const text = Buffer.from(sample("gemini/text.sse")).toString().replaceAll("\n\n", "\r\n\r\n");
  const { ask } = await play({ dialect, model, type: "text/event-stream", body: text });
  const told = await ask(chatPath, stream);
  const chunks = chunksIn(told);
  const words = chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("");
  expect(words).toBe('Grüße 👋🏽 from "Bern"\n');
  expect(chunks.at(-1)?.usage).toMatchObject({ prompt_tokens: 12, completion_tokens: 5 });
  expect(told.trimEnd().endsWith("data: [DONE]")).toBe(true);
});

test("thinking, counted apart, is among OpenAI's tokens of the answer", async () => {
  const { ask } = await play({
    dialect,
    model,
    type: "application/json",
    body: sample("gemini/thinking.json"),
  });
  const { usage } = JSON.parse(await ask(chatPath, chat)) as ChatCompletion;
  expect(usage).toMatchObject({ completion_tokens: 35, completion_tokens_details: { reasoning_tokens: 30 } });
});

test("arguments in pieces without a name are one call", async () => {
  const body = sample("gemini/streamed-arguments.sse");
  const { ask } = await play({ dialect, model: "gemini-3-pro-preview", type: "text/event-stream", body });
  const calls = chunksIn(await ask(chatPath, stream)).flatMap(
    ({ choices }) => choices[0]?.delta.tool_calls ?? [],
  );
  const texts = new Map<number, string>();
  for (const { index, function: part } of calls)
    texts.set(index, (texts.get(index) ?? "") + (part?.arguments ?? ""));
  expect(calls.filter((call) => call.function?.name !== undefined)).toHaveLength(texts.size);
  for (const text of texts.values()) expect(JSON.parse(text)).toBeObject();
});

test("without `alt=sse` a stream is a JSON array, whatever the vendor speaks", async () => {
  const body = sample("anthropic-messages/text.sse");
  const { ask } = await play({ dialect: "anthropic-messages", type: "text/event-stream", body });
  const chunks = JSON.parse(
    await ask("/v1beta/models/fast:streamGenerateContent", contents),
  ) as readonly GenerateContentResponse[];
  const words = chunks
    .flatMap(({ candidates = [] }) => candidates[0]?.content?.parts ?? [])
    .map(({ text }) => text);
  expect(words.join("")).toBe("Grüße aus Bern 🐻");
});

test("`/v1/models/X:generateContent` is Gemini's, `/v1/models/X` is OpenAI's", async () => {
  const { ask, gateway } = await play({
    dialect,
    model,
    type: "application/json",
    body: sample("gemini/text.json"),
  });
  expect(JSON.parse(await ask("/v1/models/fast:generateContent", contents))).toHaveProperty("candidates");
  expect(await (await gateway.call("/v1/models/fast")).json()).toMatchObject({ id: "fast", object: "model" });
});
