import type { Usage } from "../../canonical/usage.ts";
import type { VendorError } from "../../canonical/vendor-error.ts";
import type { IngressError } from "../dialect.ts";
import type { StreamTap } from "../passthrough.ts";
import { isWholeTail } from "../whole-tail.ts";
import { ArrayElements } from "./array-elements.ts";
import { ChunkWriter } from "./chunk-writer.ts";
import type { GeminiEnvelope } from "./envelope.ts";
import { renderError } from "./error.ts";
import { LineSplitter } from "./line-splitter.ts";
import { PassedStream } from "./passed-stream.ts";

const OPEN_BRACKET = 0x5b;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

const encoder = new TextEncoder();

/**
 * Watches a stream pass by. It passes byte for byte: events in whole lines, a JSON array in whole elements. Where the
 * caller wants an array and the vendor sends events, their data become its elements.
 */
export function createTap({ asArray = false }: GeminiEnvelope): StreamTap {
  return new GeminiStreamTap(asArray);
}

class GeminiStreamTap implements StreamTap {
  readonly #asArray: boolean;
  readonly #passed = new PassedStream();
  readonly #lines = new LineSplitter();
  readonly #writer: ChunkWriter;
  /** Present where the vendor sends an array. */
  #elements: ArrayElements | undefined;
  /** Bytes of an array after its last whole element. */
  #held: Uint8Array[] = [];
  #hasBegun = false;
  /** What has to follow what was passed on last before another event can begin. */
  #breaks = "";

  constructor(asArray: boolean) {
    this.#asArray = asArray;
    this.#writer = new ChunkWriter(asArray);
  }

  get usage(): Usage | undefined {
    return this.#passed.usage;
  }

  get complete(): boolean {
    return this.#passed.isComplete && this.#elements?.isClosed !== false;
  }

  /** Events have no last word: any of them may be followed by another one, with usage or sources. */
  get isEnded(): boolean {
    return this.complete && this.#elements?.isClosed === true;
  }

  /** An array that was made of events has to be closed here. */
  get missingEnd(): string | undefined {
    return this.complete && this.#asArray && this.#elements === undefined ? this.#writer.end() : undefined;
  }

  get upstreamError(): VendorError | undefined {
    return this.#passed.upstreamError;
  }

  get overlong(): boolean {
    return this.#lines.isOverlong || this.#elements?.isOverlong === true;
  }

  feed(chunk: Uint8Array): Uint8Array | undefined {
    if (!this.#hasBegun) this.#begin(chunk);
    if (this.#elements !== undefined) return this.#feedElements(this.#elements, chunk);
    const lines = this.#lines.feed(chunk);
    return lines === undefined ? undefined : this.#feedLines(lines);
  }

  end(): Uint8Array | undefined {
    const rest = this.#lines.end();
    return rest === undefined || !isWholeTail(rest) ? undefined : this.#feedLines(rest);
  }

  fail(error: IngressError): string {
    // Nothing can follow an array that is closed.
    if (this.#elements?.isClosed === true) return "";
    return this.#breaks + this.#writer.chunk(renderError(error)) + this.#writer.end();
  }

  #begin(chunk: Uint8Array): void {
    const first = chunk.find((byte) => byte > 0x20);
    if (first === undefined) return;
    this.#hasBegun = true;
    if (first === OPEN_BRACKET && this.#asArray) this.#elements = new ArrayElements();
  }

  #feedLines(lines: Uint8Array): Uint8Array | undefined {
    this.#passed.look(lines);
    if (this.#asArray) return this.#toElements(lines);
    this.#breaks = missingBreaks(lines);
    return lines;
  }

  #feedElements(elements: ArrayElements, chunk: Uint8Array): Uint8Array | undefined {
    for (const element of elements.push(chunk)) {
      this.#passed.look(element);
      this.#writer.passed();
    }
    const end = elements.isClosed ? chunk.length : elements.lastEnd;
    if (end === 0) {
      this.#held.push(chunk);
      return undefined;
    }
    const whole = Buffer.concat([...this.#held, chunk.subarray(0, end)]);
    this.#held = [chunk.subarray(end)];
    return whole;
  }

  #toElements(lines: Uint8Array): Uint8Array | undefined {
    let text = "";
    for (const line of new TextDecoder().decode(lines).split(/\r?\n|\r/)) {
      const data = line.startsWith("data:") ? line.slice(5).trim() : "";
      if (data !== "") text += this.#writer.text(data);
    }
    return text === "" ? undefined : encoder.encode(text);
  }
}

/** Line breaks that are missing until an event is over. A line that was cut into two pieces counts as the two. */
function missingBreaks(lines: Uint8Array): string {
  const last = lines.length - 1;
  if (lines[last] !== NEWLINE) return "\r\n\r\n";
  const before = lines[last - 1] === CARRIAGE_RETURN ? last - 2 : last - 1;
  return before < 0 || lines[before] === NEWLINE ? "" : "\r\n";
}
