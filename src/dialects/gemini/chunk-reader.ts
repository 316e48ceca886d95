import { SseParser } from "../../kernel/sse.ts";
import { ArrayElements } from "./array-elements.ts";

/** What is to be done with what a stream holds. */
export interface ChunkHandlers {
  /** A chunk's JSON text. */
  readonly onChunk: (text: string) => void;
  /** The vendor keeps the connection alive. */
  readonly onPing: () => void;
  /** The bytes are no stream. */
  readonly onDamage: (why: string) => void;
}

const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;

const text = new TextDecoder();

/**
 * Takes a stream apart into its chunks: server-sent events with `alt=sse`, one JSON array without. Which of them it is
 * shows at the first byte that is no space.
 * Wire format: https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent
 */
export class ChunkReader {
  readonly #handlers: ChunkHandlers;
  readonly #events: SseParser;
  #elements: ArrayElements | undefined;
  #hasBegun = false;

  constructor(handlers: ChunkHandlers) {
    this.#handlers = handlers;
    this.#events = new SseParser(({ data }) => this.#event(data), handlers.onPing);
  }

  /** Takes bytes, cut anywhere. */
  push(bytes: Uint8Array): void {
    if (!this.#hasBegun) this.#begin(bytes);
    if (this.#elements !== undefined) return this.#pushElements(this.#elements, bytes);
    this.#events.push(bytes);
    if (this.#events.isOverlong) this.#handlers.onDamage("an event is too long");
  }

  /** The stream has ended; tells whether it did so between two chunks. */
  close(): boolean {
    if (this.#elements !== undefined) return this.#elements.isClosed;
    this.#events.close();
    return true;
  }

  #begin(bytes: Uint8Array): void {
    const first = bytes.find((byte) => byte > 0x20);
    if (first === undefined) return;
    this.#hasBegun = true;
    if (first === OPEN_BRACKET || first === OPEN_BRACE) this.#elements = new ArrayElements();
  }

  #pushElements(elements: ArrayElements, bytes: Uint8Array): void {
    for (const element of elements.push(bytes)) this.#handlers.onChunk(text.decode(element));
    if (elements.isBroken) this.#handlers.onDamage("the stream is no array of answers");
    else if (elements.isOverlong) this.#handlers.onDamage("a chunk is too long");
  }

  #event(data: string): void {
    // Gemini itself has no end marker; servers that imitate it may.
    if (data !== "" && data.trim() !== "[DONE]") this.#handlers.onChunk(data);
  }
}
