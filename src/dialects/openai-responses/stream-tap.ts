import type { Usage } from "../../canonical/usage.ts";
import type { VendorError } from "../../canonical/vendor-error.ts";
import { lastIndexOfText, latin1 } from "../../kernel/bytes.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import { tryParseExactJson } from "../../kernel/json-exact.ts";
import { maxSseEventLength, SseParser } from "../../kernel/sse.ts";
import type { IngressError, ToldAnswer } from "../dialect.ts";
import type { StreamTap } from "../passthrough.ts";
import { isWholeTail } from "../whole-tail.ts";
import { toldResponse } from "./answer-tap.ts";
import { errorEvent, readError } from "./error.ts";
import { readUsage } from "./usage.ts";

/** Anything that the tap must look at; a piece without it is passed on unread. */
const NOTEWORTHY = /"(?:response\.(?:completed|incomplete|failed)|error)"/;

const NUMBER = '"sequence_number"';

const NEWLINE = 0x0a;

/**
 * Watches a stream pass by: taps its usage and sees whether it came to its end. The bytes pass as they are, in whole
 * events, so that a cut never leaves half of one.
 * Wire format: https://platform.openai.com/docs/api-reference/responses-streaming
 */
export class ResponsesStreamTap implements StreamTap {
  usage: Usage | undefined;
  complete = false;
  /** Nothing follows the last event in this dialect. */
  readonly missingEnd = undefined;
  upstreamError: VendorError | undefined;
  overlong = false;
  answer: ToldAnswer | undefined;
  /** What has come of the event under way. */
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  /** The last bytes that were passed on and that count. */
  #last: Uint8Array | undefined;

  feed(chunk: Uint8Array): Uint8Array | undefined {
    const end = endOfEvents(chunk) || this.#joint(chunk);
    if (end === 0) {
      this.#hold(chunk);
      return undefined;
    }
    const rest = end === chunk.length ? undefined : chunk.subarray(end);
    const events = this.#take(rest === undefined ? chunk : chunk.subarray(0, end));
    if (rest !== undefined) this.#hold(rest);
    return this.#pass(events);
  }

  end(): Uint8Array | undefined {
    if (this.#heldBytes === 0) return undefined;
    const tail = this.#take(new Uint8Array());
    return isWholeTail(tail) ? this.#pass(tail) : undefined;
  }

  fail(error: IngressError): string {
    return errorEvent(error, this.#nextNumber());
  }

  #pass(events: Uint8Array): Uint8Array {
    if (lastIndexOfText(events, NUMBER) >= 0) this.#last = events;
    if (NOTEWORTHY.test(latin1(events, 0, events.length))) this.#inspect(events);
    return events;
  }

  #inspect(events: Uint8Array): void {
    const parser = new SseParser(({ event, data }) => {
      if (!NOTEWORTHY.test(data) && !NOTEWORTHY.test(`"${event}"`)) return;
      const value = tryParseJson(data);
      if (!isJsonObject(value)) return;
      const { type = event } = value;
      this.#note(String(type), value as JsonObject);
      if (this.complete && this.answer === undefined) this.#keep(data);
    });
    parser.push(events);
    parser.close();
  }

  #note(type: string, event: JsonObject): void {
    const { response, error } = event;
    const answer: JsonObject = isJsonObject(response) ? (response as JsonObject) : {};
    this.usage = readUsage(answer["usage"]) ?? this.usage;
    if (type === "response.completed" || type === "response.incomplete") this.complete = true;
    else if (type === "response.failed" || type === "error" || isJsonObject(error))
      this.upstreamError = readError(type === "response.failed" ? answer : event, 500);
  }

  /** Keeps the answer with its numbers as they were written. */
  #keep(data: string): void {
    const event = tryParseExactJson(data);
    const response = isJsonObject(event) ? event["response"] : undefined;
    if (isJsonObject(response)) this.answer = toldResponse(response as JsonObject);
  }

  #hold(bytes: Uint8Array): void {
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
    if (this.#heldBytes > maxSseEventLength) this.overlong = true;
  }

  /** What was held, with these bytes after it. */
  #take(bytes: Uint8Array): Uint8Array {
    if (this.#heldBytes === 0) return bytes;
    const all = new Uint8Array(this.#heldBytes + bytes.length);
    let at = 0;
    for (const held of this.#held) {
      all.set(held, at);
      at += held.length;
    }
    all.set(bytes, at);
    this.#held = [];
    this.#heldBytes = 0;
    return all;
  }

  /** Offset after an empty line that begins in what is held and ends in the chunk; 0 where there is none. */
  #joint(chunk: Uint8Array): number {
    const last = this.#held.at(-1);
    if (last === undefined) return 0;
    const tail = this.#take(new Uint8Array());
    this.#hold(tail);
    const before = tail.subarray(-3);
    const seam = new Uint8Array(before.length + Math.min(3, chunk.length));
    seam.set(before);
    seam.set(chunk.subarray(0, 3), before.length);
    return Math.max(0, endOfEvents(seam) - before.length);
  }

  #nextNumber(): number {
    const last = this.#last;
    if (last === undefined) return 0;
    const rest = latin1(last, lastIndexOfText(last, NUMBER), last.length);
    const match = /^"sequence_number"\s*:\s*(\d+)/.exec(rest);
    return match === null ? 0 : Number(match[1]) + 1;
  }
}

/** Offset after the last empty line; 0 where there is none. */
function endOfEvents(bytes: Uint8Array): number {
  const { length } = bytes;
  if (bytes[length - 1] === NEWLINE && bytes[length - 2] === NEWLINE) return length;
  const plain = lastIndexOfText(bytes, "\n\n");
  const crlf = lastIndexOfText(bytes, "\r\n\r\n");
  return Math.max(plain < 0 ? 0 : plain + 2, crlf < 0 ? 0 : crlf + 4);
}
