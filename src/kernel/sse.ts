/** One event of a stream of server-sent events. */
export interface SseEvent {
  /** The event's name, empty where it has none. */
  readonly event: string;
  readonly data: string;
}

/** Characters of one event at most; more is no event but an attack or a mistake. */
export const maxSseEventLength: number = 8 * 1024 * 1024;

/**
 * Takes a stream of server-sent events apart, wherever it is cut
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream).
 */
export class SseParser {
  /** An event has grown too long; nothing more is read. */
  isOverlong = false;
  readonly #onEvent: (event: SseEvent) => void;
  readonly #onComment: () => void;
  readonly #decoder = new TextDecoder();
  #rest = "";
  #event = "";
  /** Undefined: no data line yet. */
  #data: string | undefined;

  /** @param onComment called for each comment line, which vendors send to keep the connection alive */
  constructor(onEvent: (event: SseEvent) => void, onComment: () => void = () => {}) {
    this.#onEvent = onEvent;
    this.#onComment = onComment;
  }

  /** Takes bytes. The byte order mark is dropped by the decoder. */
  push(bytes: Uint8Array): void {
    if (this.isOverlong) return;
    const text = this.#rest + this.#decoder.decode(bytes, { stream: true });
    let at = 0;
    let cr = text.indexOf("\r");
    for (;;) {
      const lf = text.indexOf("\n", at);
      if (cr >= 0 && cr < at) cr = text.indexOf("\r", at);
      const isCr = cr >= 0 && (lf < 0 || cr < lf);
      const end = isCr ? cr : lf;
      // A CR at the very end may be half of CR LF.
      if (end < 0 || (isCr && end === text.length - 1)) break;
      this.#line(text.slice(at, end));
      at = end + (isCr && lf === end + 1 ? 2 : 1);
    }
    this.#rest = at === 0 ? text : text.slice(at);
    if (this.#rest.length + (this.#data?.length ?? 0) > maxSseEventLength) this.isOverlong = true;
  }

  /** The stream has ended: an event without its empty line still counts, since some vendors leave it out. */
  close(): void {
    if (this.isOverlong) return;
    const rest = this.#rest.endsWith("\r") ? this.#rest.slice(0, -1) : this.#rest;
    this.#rest = "";
    if (rest !== "") this.#line(rest);
    this.#line("");
  }

  #line(line: string): void {
    if (line === "") {
      const data = this.#data;
      const event = this.#event;
      this.#data = undefined;
      this.#event = "";
      if (data !== undefined) this.#onEvent({ event, data });
      return;
    }
    const colon = line.indexOf(":");
    if (colon === 0) return this.#onComment();
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line.charCodeAt(colon + 1) === SPACE ? colon + 2 : colon + 1);
    if (name === "data") this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
    else if (name === "event") this.#event = value;
  }
}

const SPACE = 0x20;
