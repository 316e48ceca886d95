import type { Usage } from "../../canonical/usage.ts";
import type { VendorError } from "../../canonical/vendor-error.ts";
import { lastIndexOfText, latin1 } from "../../kernel/bytes.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import { readError } from "./error.ts";
import { readBlock } from "./response.ts";
import { readUsage } from "./usage.ts";

/** A chunk that says nothing of this is passed on unread. A second candidate counts, since it has to end as well. */
const NOTEWORTHY = /"finishReason"|"error"\s*:|"blockReason"|"index"\s*:\s*[1-9]/;
const USAGE = '"usageMetadata"';
const NEWLINE = 0x0a;
const OPEN_BRACE = 0x7b;

/** What is learnt of a stream from the chunks that pass by. */
export class PassedStream {
  /** The vendor's own error, where it has failed. */
  upstreamError: VendorError | undefined;
  #isBlocked = false;
  /** Candidates that were seen and that have ended, a bit each; those beyond the last bit share it. */
  #seen = 0;
  #ended = 0;
  /**
   * The last bytes with usage in them. Every chunk has some, and the last counts: it is read when it is asked for.
   */
  #usageBytes: Uint8Array | undefined;
  #usage: Usage | undefined;

  /** Whether a finish reason was seen for every candidate that has begun. */
  get isComplete(): boolean {
    if (this.upstreamError !== undefined) return false;
    return this.#isBlocked || (this.#ended !== 0 && this.#ended === this.#seen);
  }

  /** Usage as far as it is known. */
  get usage(): Usage | undefined {
    const bytes = this.#usageBytes;
    if (bytes !== undefined) {
      this.#usageBytes = undefined;
      this.#usage = readLastUsage(bytes) ?? this.#usage;
    }
    return this.#usage;
  }

  /** Looks at whole lines, or at a whole element. */
  look(bytes: Uint8Array): void {
    const text = latin1(bytes, 0, bytes.length);
    if (text.includes(USAGE)) this.#usageBytes = bytes;
    if (!NOTEWORTHY.test(text)) return;
    for (const chunk of chunksOf(bytes)) this.#note(chunk);
  }

  #note(chunk: JsonObject): void {
    const { error, candidates } = chunk;
    if (isJsonObject(error)) this.upstreamError = readError(error as JsonObject);
    if (readBlock(chunk) !== undefined) this.#isBlocked = true;
    for (const candidate of Array.isArray(candidates) ? (candidates as readonly unknown[]) : []) {
      if (!isJsonObject(candidate)) continue;
      const { index, finishReason } = candidate as JsonObject;
      const bit = 1 << (typeof index === "number" ? Math.max(0, Math.min(index, 31)) : 0);
      this.#seen |= bit;
      if (typeof finishReason === "string") this.#ended |= bit;
    }
  }
}

/** Chunks in whole lines of events, or the one that an element is. */
function chunksOf(bytes: Uint8Array): readonly JsonObject[] {
  const text = new TextDecoder().decode(bytes);
  const lines = bytes[0] === OPEN_BRACE ? [text] : text.split(/\r?\n|\r/);
  return lines.flatMap((line) => {
    const value = tryParseJson(line.startsWith("data:") ? line.slice(5) : line);
    return isJsonObject(value) ? [value as JsonObject] : [];
  });
}

/** Usage of the last chunk that has any. */
function readLastUsage(bytes: Uint8Array): Usage | undefined {
  const at = lastIndexOfText(bytes, USAGE);
  const lineStart = bytes[0] === OPEN_BRACE ? 0 : bytes.lastIndexOf(NEWLINE, at) + 1;
  const lineEnd = bytes[0] === OPEN_BRACE ? -1 : bytes.indexOf(NEWLINE, at);
  const line = bytes.subarray(lineStart, lineEnd < 0 ? bytes.length : lineEnd);
  for (const chunk of chunksOf(line)) {
    const usage = readUsage(chunk["usageMetadata"]);
    if (usage !== undefined) return usage;
  }
  return undefined;
}
