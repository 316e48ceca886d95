/** Shape of the streamed answer: pieces of text, then finish reason, usage and `[DONE]` together with the last. */
export const STREAM_PIECES = 20;
/** Events of one whole streamed answer, `[DONE]` included. */
export const STREAM_EVENTS = STREAM_PIECES + 3;
/** Time between two pieces, milliseconds. */
export const STREAM_PAUSE_MS = 100;

/** Text of the whole answer. */
export const ANSWER_TEXT =
  "The parcel left the depot in Leipzig on Tuesday and arrives on Friday before noon. ".repeat(3);
/** Head of a streamed answer. */
export const STREAM_HEAD =
  "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

const USAGE = { prompt_tokens: 61, completion_tokens: 58, total_tokens: 119 };
const COMMON = { id: "chatcmpl-bench-0001", created: 1_767_225_600, model: "upstream-model" };

/** A whole answer with a JSON chat completion of about 600 bytes. */
export function completeAnswer(): Buffer {
  const body = JSON.stringify({
    ...COMMON,
    object: "chat.completion",
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: ANSWER_TEXT },
        logprobs: null,
        finish_reason: "stop",
      },
    ],
    usage: USAGE,
    system_fingerprint: "fp_bench",
  });
  return plainAnswer("200 OK", "application/json", body);
}

/** A short answer of any status. */
export function plainAnswer(status: string, contentType: string, body: string): Buffer {
  const head = `HTTP/1.1 ${status}\r\ncontent-type: ${contentType}\r\ncontent-length: ${Buffer.byteLength(body)}`;
  return Buffer.from(`${head}\r\n\r\n${body}`);
}

/** What is written at each step of a streamed answer, in chunked framing; the head goes with the first. */
export function streamedAnswer(): readonly Buffer[] {
  return Array.from({ length: STREAM_PIECES }, (_, index) => {
    const head = index === 0 ? STREAM_HEAD : "";
    const piece = event(choice({ content: pieceText(index) }));
    if (index < STREAM_PIECES - 1) return Buffer.from(head + framed(piece));
    const usage = event({ ...COMMON, object: "chat.completion.chunk", choices: [], usage: USAGE });
    return Buffer.from(
      `${framed(piece + event(choice({}, "stop")) + usage)}${framed("data: [DONE]\n\n")}0\r\n\r\n`,
    );
  });
}

/** Text of one piece of a streamed answer. */
export function pieceText(index: number): string {
  return ` piece-${String(index).padStart(2, "0")}`;
}

/** Text as one chunk of a chunked body. */
export function framed(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}

function choice(delta: object, finishReason: string | null = null): object {
  return {
    ...COMMON,
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
  };
}

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
