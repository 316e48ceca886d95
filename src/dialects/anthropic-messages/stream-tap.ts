import type { Usage } from "../../canonical/usage.ts";
import type { VendorError } from "../../canonical/vendor-error.ts";
import { latin1 } from "../../kernel/bytes.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import { maxSseEventLength } from "../../kernel/sse.ts";
import type { IngressError } from "../dialect.ts";
import type { StreamTap } from "../passthrough.ts";
import { isWholeTail } from "../whole-tail.ts";
import { readError, renderError } from "./error.ts";
import { renderEvent } from "./render-event.ts";
import { mergeUsage, readUsage } from "./usage.ts";

/** Anything that the tap must look at; a piece without it is passed on unread. Quotes inside of texts are escaped. */
const NOTEWORTHY = /"type"\s*:\s*"(?:message_(?:start|delta|stop)|error)"/;

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** Of lines with data, comments and without anything, none begins with it. */
const LETTER_E = 0x65;

/**
 * Watches a stream of Anthropic's pass by: taps its usage and sees whether it came to its end. All bytes pass
 * unchanged, in whole lines, and the name of an event with its data: a name alone is half an event.
 * Wire format: https://docs.anthropic.com/en/docs/build-with-claude/streaming
 */
export class MessagesStreamTap implements StreamTap {
  upstreamError: VendorError | undefined;
  overlong = false;
  #usage: JsonObject | undefined;
  #hasStopped = false;
  #tail: Uint8Array | undefined;
  /** Whether the last line that was passed on ends an event. */
  #isBetweenEvents = true;

  /** Totals so far, as the stream has told them last. */
  get usage(): Usage | undefined {
    return readUsage(this.#usage);
  }

  /** `message_delta` may come more than once: the end is `message_stop`, which all servers of this API send. */
  get complete(): boolean {
    return this.upstreamError === undefined && this.#hasStopped;
  }

  get missingEnd(): string | undefined {
    return undefined;
  }

  feed(chunk: Uint8Array): Uint8Array | undefined {
    const bytes = this.#tail === undefined ? chunk : join(this.#tail, chunk);
    const end = endOfData(bytes);
    this.#tail = end === bytes.length ? undefined : bytes.subarray(end);
    if (this.#tail !== undefined && this.#tail.length > maxSseEventLength) this.overlong = true;
    if (end === 0) return undefined;
    const lines = end === bytes.length ? bytes : bytes.subarray(0, end);
    this.#look(lines);
    return lines;
  }

  end(): Uint8Array | undefined {
    const tail = this.#tail;
    this.#tail = undefined;
    if (tail === undefined || !isWholeTail(tail)) return undefined;
    this.#look(tail);
    return tail;
  }

  fail(error: IngressError): string {
    return this.#separator + renderEvent(renderError(error));
  }

  /** Ends an event that was passed on without its empty line, so that another one can follow. */
  get #separator(): string {
    return this.#isBetweenEvents ? "" : "\n\n";
  }

  #look(lines: Uint8Array): void {
    this.#isBetweenEvents = endsEvent(lines);
    const text = latin1(lines, 0, lines.length);
    if (!NOTEWORTHY.test(text)) return;
    for (const line of text.split("\n")) {
      if (!line.startsWith("data:") || !NOTEWORTHY.test(line)) continue;
      // ISO 8859-1 is enough for counts; a message of the vendor's is read as what it is, UTF-8.
      const event = tryParseJson(Buffer.from(line.slice(5), "latin1").toString());
      if (isJsonObject(event)) this.#note(event as JsonObject);
    }
  }

  #note({ type, message, usage, error }: JsonObject): void {
    // What follows the end belongs to no answer of this call.
    if (this.#hasStopped) return;
    if (type === "message_start" && isJsonObject(message))
      this.#usage = mergeUsage(this.#usage ?? {}, message["usage"]);
    if (type === "message_stop") this.#hasStopped = true;
    if (type === "message_delta") this.#usage = mergeUsage(this.#usage ?? {}, usage);
    if (type === "error") this.upstreamError = readError(error, "unknown error");
  }
}

/** Offset after the last line, but for one that names an event whose data are still to come. */
function endOfData(bytes: Uint8Array): number {
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  const start = end < 2 ? 0 : bytes.lastIndexOf(NEWLINE, end - 2) + 1;
  return bytes[start] === LETTER_E && end > start ? start : end;
}

/** Whether bytes end with an empty line. */
function endsEvent(bytes: Uint8Array): boolean {
  const last = bytes.length - 1;
  if (bytes[last] !== NEWLINE) return false;
  const before = bytes[last - 1] === CARRIAGE_RETURN ? last - 2 : last - 1;
  return before < 0 || bytes[before] === NEWLINE;
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const result = new Uint8Array(a.length + b.length);
  result.set(a);
  result.set(b, a.length);
  return result;
}
