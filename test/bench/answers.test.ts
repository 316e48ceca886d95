import { expect, test } from "bun:test";
import { completeAnswer, plainAnswer, STREAM_PIECES, streamedAnswer } from "../../bench/upstream/answers.ts";

function bodyOf(answer: Buffer): string {
  const text = answer.toString();
  return text.slice(text.indexOf("\r\n\r\n") + 4);
}

test("the whole answer is a chat completion with usage, and as long as it says", () => {
  const answer = completeAnswer();
  const body = bodyOf(answer);
  expect(answer.toString()).toContain(`content-length: ${Buffer.byteLength(body)}\r\n`);
  expect(JSON.parse(body)).toMatchObject({
    object: "chat.completion",
    choices: [{ message: { role: "assistant" }, finish_reason: "stop" }],
    usage: { total_tokens: 119 },
  });
});

test("the length of an answer is counted in bytes", () => {
  expect(plainAnswer("200 OK", "text/plain", "grün").toString()).toContain("content-length: 5\r\n");
});

test("the streamed answer is written in pieces, the usage in the last", () => {
  const pieces = streamedAnswer().map((piece) => piece.toString());
  expect(pieces).toHaveLength(STREAM_PIECES);
  expect(pieces.findIndex((piece) => piece.includes('"usage"'))).toBe(STREAM_PIECES - 1);
  expect(pieces.at(-1)).toEndWith("data: [DONE]\n\n\r\n0\r\n\r\n");
});
