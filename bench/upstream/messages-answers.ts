import { ANSWER_TEXT, framed, pieceText, plainAnswer, STREAM_HEAD, STREAM_PIECES } from "./answers.ts";

const USAGE = { input_tokens: 61, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
const COMMON = { id: "msg_bench0001", type: "message", role: "assistant", model: "upstream-model" };

/** `completeAnswer` as Anthropic's Messages have it. */
export function completeMessage(): Buffer {
  const body = JSON.stringify({
    ...COMMON,
    content: [{ type: "text", text: ANSWER_TEXT }],
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: { ...USAGE, output_tokens: 58, service_tier: "standard" },
  });
  return plainAnswer("200 OK", "application/json", body);
}

/** `streamedAnswer` as Anthropic's Messages have it: the opening events come with the first piece, the closing ones with the last. */
export function streamedMessage(): readonly Buffer[] {
  return Array.from({ length: STREAM_PIECES }, (_, index) => {
    const piece = event("content_block_delta", {
      index: 0,
      delta: { type: "text_delta", text: pieceText(index) },
    });
    if (index === 0) return Buffer.from(STREAM_HEAD + framed(opening() + piece));
    if (index < STREAM_PIECES - 1) return Buffer.from(framed(piece));
    return Buffer.from(`${framed(piece + closing())}0\r\n\r\n`);
  });
}

function opening(): string {
  const message = {
    ...COMMON,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...USAGE, output_tokens: 1, service_tier: "standard" },
  };
  return [
    event("message_start", { message }),
    event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
    event("ping", {}),
  ].join("");
}

function closing(): string {
  return [
    event("content_block_stop", { index: 0 }),
    event("message_delta", {
      delta: { stop_reason: "end_turn", stop_sequence: null },
      usage: { ...USAGE, output_tokens: 58 },
    }),
    event("message_stop", {}),
  ].join("");
}

function event(type: string, data: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}
