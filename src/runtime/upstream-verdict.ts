import { readChatAnswer } from "../dialects/openai-chat/answer-tap.ts";
import { readUpstreamError } from "../dialects/openai-chat/error.ts";
import { LatchkeyError } from "../kernel/error.ts";
import { headerOf, type UpstreamResponseHead } from "../upstream/upstream.ts";
import type { Attempt } from "./attempt.ts";
import { withoutOwnCredentials } from "./own-credentials.ts";

/** Characters of an upstream's message that are kept for the log. */
const MAX_DETAIL = 500;
const OPEN_BRACE = 0x7b;

/**
 * What keeps a target's answer from the caller; `undefined` where it may go out. Answers that blame the
 * request itself (a 400 in the dialect's error shape) go out as they are, unless they quote the gateway's own
 * credentials.
 * @param sentHead head of the call to the target
 */
export function judgeAnswer(attempt: Attempt, stream: boolean, sentHead: string): LatchkeyError | undefined {
  if (attempt.error !== undefined) return attempt.error;
  const { head } = attempt;
  if (head === undefined) return new LatchkeyError("LK-3008");
  if (head.status >= 200 && head.status < 300) return judgeSuccess(attempt, head, stream);
  const body = attempt.whole() ?? new Uint8Array();
  const message = readUpstreamError(body)?.message;
  const words = withoutOwnCredentials(message ?? "no message", sentHead);
  const internal = `status ${head.status}: ${words.slice(0, MAX_DETAIL)}`;
  if (head.status === 401 || head.status === 403)
    return new LatchkeyError("LK-3010", undefined, { internal });
  if (head.status === 429) {
    const retryAfterS = retryAfterOf(head);
    return new LatchkeyError(
      "LK-3011",
      undefined,
      retryAfterS === undefined ? { internal } : { internal, retryAfterS },
    );
  }
  if (!blamesRequest(head.status) || message === undefined)
    return new LatchkeyError("LK-3012", undefined, { internal });
  return quotesCredentials(body, sentHead)
    ? new LatchkeyError("LK-3010", undefined, { internal })
    : undefined;
}

function quotesCredentials(body: Uint8Array, sentHead: string): boolean {
  const text = new TextDecoder().decode(body);
  return withoutOwnCredentials(text, sentHead) !== text;
}

function judgeSuccess(
  attempt: Attempt,
  head: UpstreamResponseHead,
  stream: boolean,
): LatchkeyError | undefined {
  const type = headerOf(head, "content-type") ?? "";
  const encoding = headerOf(head, "content-encoding");
  if (encoding !== undefined && encoding !== "identity") return unreadable(`content-encoding ${encoding}`);
  if (stream) {
    if (type.includes("text/event-stream"))
      return isEmpty(attempt) ? new LatchkeyError("LK-3008") : undefined;
    return unreadable(`a stream was asked for, ${type === "" ? "no content type" : type} came`);
  }
  const body = attempt.whole();
  // Too large to be held: what it ends in is seen while it passes, what it begins with is seen now.
  if (body === undefined) {
    const isJson = type.includes("json") && attempt.firstByte === OPEN_BRACE;
    return isJson ? undefined : unreadable(`a large answer that is no JSON object (${type})`);
  }
  attempt.answer = readChatAnswer(body);
  return attempt.answer.ok ? undefined : unreadable("the body is no chat completion");
}

/** Whether an answer has ended without a word; another target may do better. */
function isEmpty(attempt: Attempt): boolean {
  return attempt.ended && attempt.whole()?.length === 0;
}

function unreadable(internal: string): LatchkeyError {
  return new LatchkeyError("LK-3009", undefined, { internal });
}

/** Statuses that say something about the request rather than about the provider or the gateway's account. */
export function blamesRequest(status: number): boolean {
  return status === 400 || status === 413 || status === 415 || status === 422;
}

/** Seconds of a `Retry-After` header in either form; `undefined` where there is none that makes sense. */
function retryAfterOf(head: UpstreamResponseHead): number | undefined {
  const text = headerOf(head, "retry-after");
  if (text === undefined) return undefined;
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - Date.now()) / 1000);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
