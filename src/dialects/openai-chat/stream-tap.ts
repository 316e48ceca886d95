import type { Usage } from "../../canonical/usage.ts";
import type { VendorError } from "../../canonical/vendor-error.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import type { IngressError } from "../dialect.ts";
import type { StreamTap } from "../passthrough.ts";
import { isWholeTail } from "../whole-tail.ts";
import { linesWithTextContent, mayHaveParts } from "./content-parts.ts";
import { readEmbeddedError, renderError } from "./error.ts";
import { readChatUsage } from "./usage.ts";
import { withoutEmptyUsage } from "./without-empty-usage.ts";

/** Longest line of a stream; a longer one means that the upstream does not speak this dialect. */
export const maxStreamLineBytes = 8 * 1024 * 1024;

/**
 * Anything that the tap must look at; a piece without it is passed on unread. A second choice counts, because
 * the stream is not at its end before that one is.
 */
const NOTEWORTHY = /"usage"\s*:\s*\{|\[DONE\]|"finish_reason"\s*:\s*"|"error"|"index"\s*:\s*[1-9]/;

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const COLON = 0x3a;
const CLOSE_BRACKET = 0x5d;
const CLOSE_BRACE = 0x7d;
const LETTER_D = 0x64;

/**
 * Watches a Chat Completions stream pass by: taps its usage, sees whether it came to its end, and takes the
 * usage chunk and the empty usage of other chunks out again where the caller did not ask for it. Content that is a list
 * of parts becomes a text. All other bytes pass unchanged, in whole lines.
 * Wire format: https://platform.openai.com/docs/api-reference/chat-streaming (server-sent events, ended by
 * `data: [DONE]`).
 */
export class ChatStreamTap implements StreamTap {
  /** Usage, once the upstream has told it. */
  usage: Usage | undefined;
  #hasEndMarker = false;
  /** An error that the upstream sent inside the stream. */
  upstreamError: VendorError | undefined;
  /** Whether some line has grown too long to be one. */
  overlong = false;

  /** Whether an event has come that is cut or is no JSON. */
  damaged = false;

  readonly #hideUsage: boolean;
  #tail: Uint8Array | undefined;
  #dropBlank = false;
  /** Choices that were seen and that have ended, a bit each; those beyond the last bit share it. */
  #seen = 0;
  #ended = 0;

  constructor(hideUsage: boolean) {
    this.#hideUsage = hideUsage;
  }

  /** Whether the end marker, or a finish reason for every choice that has begun, was seen. */
  get complete(): boolean {
    return this.#hasEndMarker || (this.#ended !== 0 && this.#ended === this.#seen);
  }

  /** Usage may come after the last finish reason, the marker after all. */
  get isEnded(): boolean {
    return this.#hasEndMarker;
  }

  /** Clients read on until they see the end marker. */
  get missingEnd(): string | undefined {
    return this.complete && !this.#hasEndMarker ? "data: [DONE]\n\n" : undefined;
  }

  /** Takes a piece; answers the bytes to pass on now, perhaps none. */
  feed(chunk: Uint8Array): Uint8Array | undefined {
    const bytes = this.#tail === undefined ? chunk : join(this.#tail, chunk);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    this.#tail = end === bytes.length ? undefined : bytes.subarray(end);
    if (this.#tail !== undefined && this.#tail.length > maxStreamLineBytes) this.overlong = true;
    if (end === 0) return undefined;
    const whole = end === bytes.length ? bytes : bytes.subarray(0, end);
    const undamaged = this.#beforeDamage(whole);
    if (undamaged === undefined) return undefined;
    const asCame = latin1(undamaged);
    const sound = mayHaveParts(asCame) ? linesWithTextContent(undamaged) : undamaged;
    const text = sound === undamaged ? asCame : latin1(sound);
    const lines = this.#hideUsage ? shownOf(sound, text) : sound;
    if (!this.#dropBlank && !NOTEWORTHY.test(text)) return lines;
    return this.#inspect(lines);
  }

  /** The upstream has ended: what is left of the last line, if it counts. */
  end(): Uint8Array | undefined {
    const tail = this.#tail;
    this.#tail = undefined;
    if (tail === undefined || !isWholeTail(tail)) return undefined;
    const text = latin1(tail);
    if (mayHaveParts(text)) return this.#inspect(linesWithTextContent(tail));
    return this.#inspect(this.#hideUsage ? shownOf(tail, text) : tail);
  }

  /** An error as OpenAI sends it inside a stream and its SDKs read it. */
  fail(error: IngressError): string {
    return `data: ${JSON.stringify(renderError(error))}\n\n`;
  }

  /** The lines up to one that says `data:` and does not end as JSON does; `undefined` where the first one is it. */
  #beforeDamage(lines: Uint8Array): Uint8Array | undefined {
    let from = 0;
    while (from < lines.length) {
      const newline = lines.indexOf(NEWLINE, from);
      const next = newline < 0 ? lines.length : newline + 1;
      if (lines[from] === LETTER_D && isDamaged(lines, from, newline < 0 ? next : newline)) {
        this.damaged = true;
        return from === 0 ? undefined : lines.subarray(0, from);
      }
      from = next;
    }
    return lines;
  }

  #inspect(lines: Uint8Array): Uint8Array | undefined {
    const kept: Uint8Array[] = [];
    let from = 0;
    let keptFrom = 0;
    while (from < lines.length) {
      const newline = lines.indexOf(NEWLINE, from);
      const next = newline < 0 ? lines.length : newline + 1;
      if (this.#drops(lines.subarray(from, next))) {
        if (from > keptFrom) kept.push(lines.subarray(keptFrom, from));
        keptFrom = next;
      }
      from = next;
    }
    if (keptFrom === 0) return lines;
    if (keptFrom < lines.length) kept.push(lines.subarray(keptFrom));
    return kept.length === 0 ? undefined : kept.reduce(join);
  }

  /** Looks at one line and tells whether it is to be taken out. */
  #drops(line: Uint8Array): boolean {
    const blank = line[0] === NEWLINE || (line[0] === CARRIAGE_RETURN && line[1] === NEWLINE);
    if (blank) {
      const drop = this.#dropBlank;
      this.#dropBlank = false;
      return drop;
    }
    this.#dropBlank = false;
    const text = new TextDecoder().decode(line).trimEnd();
    if (!text.startsWith("data:")) return false;
    const data = text.slice(5).trim();
    if (data === "[DONE]") {
      this.#hasEndMarker = true;
      return false;
    }
    const event = tryParseJson(data);
    if (!isJsonObject(event)) return false;
    this.#dropBlank = this.#note(event as JsonObject);
    return this.#dropBlank;
  }

  #note(event: JsonObject): boolean {
    const { choices } = event;
    this.upstreamError = readEmbeddedError(event) ?? this.upstreamError;
    const usage = readChatUsage(event["usage"]);
    if (usage !== undefined) this.usage = usage;
    const list: readonly unknown[] = Array.isArray(choices) ? choices : [];
    for (const choice of list) {
      if (!isJsonObject(choice)) continue;
      const { error } = choice as JsonObject;
      if (isJsonObject(error)) this.upstreamError = readEmbeddedError({ error }) ?? this.upstreamError;
      const bit = choiceBit(choice["index"]);
      this.#seen |= bit;
      if (typeof choice["finish_reason"] === "string") this.#ended |= bit;
    }
    return this.#hideUsage && usage !== undefined && list.length === 0;
  }
}

/** Whether a line that begins with `d` is an event whose data neither ends an object nor a list, as all events' do. */
function isDamaged(bytes: Uint8Array, from: number, to: number): boolean {
  let last = to - 1;
  while (last > from && (bytes[last] === CARRIAGE_RETURN || bytes[last] === SPACE)) last--;
  const end = bytes[last];
  if (end === CLOSE_BRACE || end === CLOSE_BRACKET) return false;
  return bytes[from + 4] === COLON && last > from + 4;
}

/** The same bytes where there is nothing to hide, which one search tells. */
function shownOf(lines: Uint8Array, text: string): Uint8Array {
  if (!text.includes('"usage"')) return lines;
  const shown = withoutEmptyUsage(text);
  return shown.length === text.length ? lines : Buffer.from(shown, "latin1");
}

function choiceBit(index: unknown): number {
  return 1 << (typeof index === "number" ? Math.min(index, 31) : 0);
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const result = new Uint8Array(a.length + b.length);
  result.set(a);
  result.set(b, a.length);
  return result;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
