import { describe, expect, test } from "bun:test";
import { readChatCompletion } from "../../../src/dialects/openai-chat/completion.ts";
import { readUpstreamError } from "../../../src/dialects/openai-chat/error.ts";
import { readChatAnswer } from "../../../src/dialects/openai-chat/response.ts";
import { chatRecordings } from "../../support/recordings.ts";
import { chatSample } from "../../support/wire-samples.ts";

const encode = (text: string) => new TextEncoder().encode(text);

describe("a whole answer", () => {
  test("gives its usage", () => {
    const usage = { input: 19, output: 10, cacheRead: 8, cacheWrite: 0, reasoning: 4 };
    expect(readChatAnswer(chatSample("text.json"))).toEqual({ ok: true, usage });
    expect(readChatCompletion(chatSample("text.json"))).toMatchObject({
      text: "Grüße 👋🏽",
      finishReason: "stop",
      usage,
    });
  });

  test.each(["", "<html>busy</html>", "{}", `{"choices":[}`, `[]`, `{"choices":[]} trailing`])(
    "%p is none",
    (text) => {
      expect(readChatAnswer(encode(text))).toEqual({ ok: false });
    },
  );

  test.each([
    `{"choices":[]}`,
    `{"choices":[],"usage":null}`,
    `{"choices":[],"usage":{"prompt_tokens":"9"}}`,
    `{"choices":[],"usage":{"prompt_tokens":-1}}`,
  ])("%p has no usage that could be billed", (text) => {
    expect(readChatAnswer(encode(text))).toEqual({ ok: true, usage: undefined });
  });
});

describe("recorded answers", () => {
  const whole = chatRecordings().filter((recording) => !recording.stream);

  test.each(
    whole.filter(({ status }) => status < 300).map((recording) => [recording.name, recording] as const),
  )("%s", (_, { body }) => {
    const answer = readChatAnswer(body);
    const parsed = JSON.parse(new TextDecoder().decode(body));
    expect(answer.ok).toBe(Array.isArray(parsed.choices));
    if (answer.ok) expect(answer.usage?.input).toBe(parsed.usage?.prompt_tokens);
  });

  test.each(
    whole.filter(({ status }) => status >= 400).map((recording) => [recording.name, recording] as const),
  )("%s has a reason", (_, { body }) => {
    const parsed = JSON.parse(new TextDecoder().decode(body));
    const message = readUpstreamError(body)?.message;
    if (parsed.error !== undefined) expect(message).toBe(parsed.error.message ?? parsed.error);
  });
});
