import { expect, test } from "bun:test";
import { chatApi, messagesApi } from "../../bench/support/api.ts";
import { completeAnswer, plainAnswer, STREAM_PIECES, streamedAnswer } from "../../bench/upstream/answers.ts";
import { completeMessage, streamedMessage } from "../../bench/upstream/messages-answers.ts";

/** Data of the events of a streamed answer in chunked framing. */
function eventsOf(pieces: readonly Buffer[]): Record<string, unknown>[] {
  const text = Buffer.concat([...pieces]).toString();
  return [...text.matchAll(/^data: (\{.*\})$/gm)].map(([, data]) => JSON.parse(data ?? ""));
}

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

test("the whole message says the same as the whole chat completion, in its own shape", () => {
  const answer = completeMessage();
  const body = bodyOf(answer);
  expect(answer.toString()).toContain(`content-length: ${Buffer.byteLength(body)}\r\n`);
  const message = JSON.parse(body);
  expect(message).toMatchObject({ type: "message", stop_reason: "end_turn", usage: { output_tokens: 58 } });
  expect(message.content).toEqual([
    { type: "text", text: JSON.parse(bodyOf(completeAnswer())).choices[0].message.content },
  ]);
});

test("the streamed message is opened with its first piece and closed with its last", () => {
  const pieces = streamedMessage();
  expect(pieces).toHaveLength(STREAM_PIECES);
  expect(eventsOf(pieces.slice(0, 1)).map(({ type }) => type)).toEqual([
    "message_start",
    "content_block_start",
    "ping",
    "content_block_delta",
  ]);
  expect(eventsOf(pieces.slice(1, -1)).every(({ type }) => type === "content_block_delta")).toBe(true);
  expect(eventsOf(pieces.slice(-1)).map(({ type }) => type)).toEqual([
    "content_block_delta",
    "content_block_stop",
    "message_delta",
    "message_stop",
  ]);
});

test("every answer has what its API is known by, and every stream its end", () => {
  const answers = [
    { api: chatApi, whole: completeAnswer(), stream: Buffer.concat([...streamedAnswer()]) },
    { api: messagesApi, whole: completeMessage(), stream: Buffer.concat([...streamedMessage()]) },
  ];
  for (const { api, whole, stream } of answers) {
    for (const sign of api.signs) {
      expect(whole.toString()).toContain(sign);
      expect(stream.toString()).toContain(sign);
    }
    expect(stream.toString()).toEndWith(`${api.lastEvent}\r\n0\r\n\r\n`);
  }
});
