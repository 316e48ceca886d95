import { addUsage, type Usage } from "../../canonical/usage.ts";
import type { VendorError } from "../../canonical/vendor-error.ts";
import { latin1 } from "../../kernel/bytes.ts";
import type { Json } from "../../kernel/json.ts";
import { type JsonSpan, jsonNames, readJsonSpan, scanJsonObject } from "../../kernel/json-scan.ts";
import type { IngressError } from "../dialect.ts";
import { readEmbeddedError } from "../openai-chat/error.ts";
import type { StreamTap } from "../passthrough.ts";
import { EventLines } from "./event-lines.ts";
import { renderStreamError } from "./stream-error.ts";

const NAMES = jsonNames("type", "usage", "error");

/** What a stream's tap is to look for. */
export interface StreamMarks {
  /** Types of events that say that something is whole. */
  readonly done: readonly string[];
  /** How many of those make the answer whole. */
  readonly needed: number;
  /** Usage of one such event; those of several add up. */
  readonly readUsage: (usage: unknown) => Usage | undefined;
}

/**
 * Watches a stream of typed events in OpenAI's manner (`data: {"type":"…"}`) pass by. All bytes pass unchanged and
 * at once; values are read beside them.
 */
export class TaskStreamTap implements StreamTap {
  usage: Usage | undefined;
  upstreamError: VendorError | undefined;
  readonly missingEnd = undefined;

  readonly #marks: StreamMarks;
  readonly #lines = new EventLines((data) => this.#event(data));
  #done = 0;
  #hasEndMarker = false;

  constructor(marks: StreamMarks) {
    this.#marks = marks;
  }

  /** Whether everything that was asked for was seen, or something and the end marker. */
  get complete(): boolean {
    return this.#done >= this.#marks.needed || (this.#hasEndMarker && this.#done > 0);
  }

  get overlong(): boolean {
    return this.#lines.overlong;
  }

  feed(chunk: Uint8Array): Uint8Array | undefined {
    this.#lines.push(chunk);
    return chunk.length === 0 ? undefined : chunk;
  }

  end(): Uint8Array | undefined {
    this.#lines.close();
    return undefined;
  }

  fail(error: IngressError): string {
    return renderStreamError(error);
  }

  #event(data: Uint8Array): void {
    const scan = scanJsonObject(data, NAMES);
    if (!scan.ok) {
      if (latin1(data, 0, Math.min(data.length, 6)) === "[DONE]") this.#hasEndMarker = true;
      return;
    }
    const [type, usage, error] = scan.spans;
    const read = (span: JsonSpan | undefined): unknown =>
      span === undefined ? undefined : readJsonSpan(data, span);
    const failed = read(error);
    if (failed !== undefined)
      this.upstreamError = readEmbeddedError({ error: failed as Json }) ?? this.upstreamError;
    const kind = read(type);
    if (typeof kind !== "string" || !this.#marks.done.includes(kind)) return;
    this.#done++;
    const found = this.#marks.readUsage(read(usage));
    if (found !== undefined) this.usage = this.usage === undefined ? found : addUsage(this.usage, found);
  }
}
