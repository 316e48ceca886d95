import { describe, expect, test } from "bun:test";
import { readAnswer } from "../../../src/dialects/openai-chat/answer-tap.ts";
import { parseError } from "../../../src/dialects/openai-chat/error.ts";
import { chatRecordings } from "../../support/recordings.ts";
import { chatSample } from "../../support/wire-samples.ts";

const encode = (text: string) => new TextEncoder().encode(text);

describe("a whole answer", () => {
  test("gives its usage", () => {
    const usage = { input: 19, output: 10, cacheRead: 8, cacheWrite: 0, reasoning: 4 };
    expect(readAnswer(chatSample("text.json"))).toEqual({ ok: true, usage });
  });

  test.each([
    '{"choices":[]}',
    '{"choices":[ ],"usage":{"prompt_tokens":1,"completion_tokens":0}}',
    '{"usage":{"prompt_tokens":1},"choices":[\n]}',
    '{"choices":[{"finish_reason":"error","error":{"message":"Busy"}}]}',
    '{"choices":[{"finish_reason":"error","message":{"role":"assistant","content":""}}],"usage":{"prompt_tokens":1}}',
    '{"error":{"message":"Busy","code":429},"choices":[{"message":{"content":"a"}}]}',
  ])("%p says nothing", (text) => {
    expect(readAnswer(encode(text))).toEqual({ ok: false });
  });

  test.each([
    '{"choices":[{"message":{"content":"an \\"error\\""}}]}',
    '{"choices":[{"message":{"content":"a","name":"error"}}],"error":null}',
    '{"choices":[{"finish_reason":"error","message":{"content":"a"}}]}',
    '{"choices":[{"message":{"content":"a"},"error":{}}],"error":{}}',
  ])("%p says something", (text) => {
    expect(readAnswer(encode(text))).toMatchObject({ ok: true });
  });

  test.each(["", "<html>busy</html>", "{}", `{"choices":[}`, `[]`, `{"choices":[{}]} trailing`])(
    "%p is none",
    (text) => {
      expect(readAnswer(encode(text))).toEqual({ ok: false });
    },
  );

  test.each([
    `{"choices":null}`,
    `{"choices":"yes","usage":{"prompt_tokens":1}}`,
    `{"choices" : {"usage":{"prompt_tokens":1}}}`,
  ])("%p has no list of choices", (text) => {
    expect(readAnswer(encode(text))).toEqual({ ok: false });
  });

  test("gives the usage of the completion, wherever it stands and whatever else is called so", () => {
    const usage = `"usage":{"prompt_tokens":3,"completion_tokens":4}`;
    const wrong = `"usage":{"prompt_tokens":7,"completion_tokens":7}`;
    const texts = [
      `{"choices":[{}],${usage}}`,
      `{${usage},"choices":[{}]}`,
      ` {"choices" : [{}],\n${usage} ,"x":{${wrong}}}`,
      `{"choices":[{${wrong}}],${usage},"text":"\\"usage\\":{}"}`,
      `{"choices":[{"message":{"content":"\\"usage"}}],${usage}}`,
      `{${usage},"choices":[{${wrong}}]}`,
    ];
    for (const text of texts) {
      expect(readAnswer(encode(text))).toMatchObject({ ok: true, usage: { input: 3, output: 4 } });
    }
  });

  test("has no usage where its counts cannot be", () => {
    for (const count of ["-1", "1.5", "9007199254740991", `"7"`]) {
      expect(readAnswer(encode(`{"choices":[{}],"usage":{"prompt_tokens":${count}}}`))).toEqual({
        ok: true,
        usage: undefined,
      });
    }
  });

  test.each([
    `{"choices":[{}]}`,
    `{"choices":[{}],"usage":null}`,
    `{"choices":[{}],"usage":{"prompt_tokens":"9"}}`,
    `{"choices":[{}],"usage":{"prompt_tokens":-1}}`,
  ])("%p has no usage that could be billed", (text) => {
    expect(readAnswer(encode(text))).toEqual({ ok: true, usage: undefined });
  });
});

describe("recorded answers", () => {
  const whole = chatRecordings().filter((recording) => !recording.stream);

  test.each(
    whole.filter(({ status }) => status < 300).map((recording) => [recording.name, recording] as const),
  )("%s", (_, { body }) => {
    const answer = readAnswer(body);
    const parsed = JSON.parse(new TextDecoder().decode(body));
    expect(answer.ok).toBe(Array.isArray(parsed.choices));
    if (answer.ok) expect(answer.usage?.input).toBe(parsed.usage?.prompt_tokens);
  });

  test.each(
    whole.filter(({ status }) => status >= 400).map((recording) => [recording.name, recording] as const),
  )("%s has a reason", (_, { body, status }) => {
    const parsed = JSON.parse(new TextDecoder().decode(body));
    const message = parseError(status, body).message;
    if (parsed.error !== undefined) expect(message).toContain(parsed.error.message ?? parsed.error);
  });
});
