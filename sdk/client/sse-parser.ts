/** One event of a `text/event-stream`. */
export interface ServerSentEvent {
  /** Name of the event, `"message"` where the stream names none. */
  readonly event: string;
  readonly data: string;
}

/** Default bound of one event, in UTF-16 code units. */
const MAX_EVENT_LENGTH = 8 * 1024 * 1024;
const LINE_END = /\r\n?|\n/g;

/** An event grew beyond what the parser accepts. */
export class EventTooLargeError extends Error {
  override readonly name = "EventTooLargeError";
}

/**
 * Parser of server-sent events, by the WHATWG standard
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation), for bytes that
 * arrive in any pieces. `id` and `retry` mean nothing here, since no stream is ever resumed.
 */
export class SseParser {
  readonly #maxEventLength: number;
  readonly #decoder = new TextDecoder();
  /** The line whose end has not been seen. */
  #line = "";
  /** Whether the last chunk ended in CR, so that a LF at the start of the next belongs to it. */
  #endedInReturn = false;
  #event = "";
  #data: string | undefined;

  constructor(maxEventLength: number = MAX_EVENT_LENGTH) {
    this.#maxEventLength = maxEventLength;
  }

  /**
   * The events that these bytes complete. Iterate it to the end before the next call.
   * @throws EventTooLargeError
   */
  *push(bytes: Uint8Array): Generator<ServerSentEvent, void, undefined> {
    const decoded = this.#decoder.decode(bytes, { stream: true });
    if (decoded === "") return;
    const text = this.#endedInReturn && decoded.startsWith("\n") ? decoded.slice(1) : decoded;
    this.#endedInReturn = decoded.endsWith("\r");
    let start = 0;
    for (const end of text.matchAll(LINE_END)) {
      const line = this.#line + text.slice(start, end.index);
      this.#line = "";
      start = end.index + end[0].length;
      const event = this.#endLine(line);
      if (event !== undefined) yield event;
    }
    this.#line += text.slice(start);
    this.#checkLength(this.#line.length);
  }

  /** What an unfinished event holds when the bytes are at their end. The standard wants it thrown away. */
  end(): ServerSentEvent | undefined {
    return this.#endLine(this.#line + this.#decoder.decode()) ?? this.#endLine("");
  }

  /** Takes a whole line in; an empty one completes the event, if it has data. */
  #endLine(line: string): ServerSentEvent | undefined {
    this.#checkLength(line.length);
    if (line === "") return this.#dispatch();
    const colon = line.indexOf(":");
    const field = colon === -1 ? line : line.slice(0, colon);
    let value = colon === -1 ? "" : line.slice(colon + 1);
    if (value.startsWith(" ")) value = value.slice(1);
    if (field === "event") this.#event = value;
    if (field === "data") this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
    return undefined;
  }

  #dispatch(): ServerSentEvent | undefined {
    const event = this.#event === "" ? "message" : this.#event;
    const data = this.#data;
    this.#event = "";
    this.#data = undefined;
    return data === undefined ? undefined : { event, data };
  }

  #checkLength(lineLength: number): void {
    if (lineLength + (this.#data?.length ?? 0) <= this.#maxEventLength) return;
    throw new EventTooLargeError(`An event is longer than ${this.#maxEventLength} characters.`);
  }
}
