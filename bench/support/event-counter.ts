const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;

/** Which part of an answer is being read. */
type Part = "head" | "chunk size" | "chunk" | "chunk end" | "trailer" | "end" | "broken";

/**
 * Reads one answer to a streamed call from the bytes of a connection: checks the status, undoes the chunked framing
 * (RFC 9112, section 7.1) and counts server-sent events, wherever the bytes are cut.
 */
export class EventCounter {
  readonly #lastEvent: string;
  #part: Part = "head";
  #line = "";
  #left = 0;
  #atLineStart = false;
  #tail = "";
  /** Events so far. */
  events = 0;
  /** Bytes of the body so far. */
  bodyBytes = 0;

  /** @param lastEvent what the body of a whole answer ends with */
  constructor(lastEvent: string) {
    this.#lastEvent = lastEvent;
  }

  /** Whether the answer ended as its framing says, its last event being the one it has to be. */
  get complete(): boolean {
    return this.#part === "end" && this.#tail === this.#lastEvent;
  }

  /** Whether nothing more is to be read. */
  get over(): boolean {
    return this.#part === "end" || this.#part === "broken";
  }

  /** Takes the next bytes. */
  read(bytes: Buffer): void {
    for (let index = 0; index < bytes.length && !this.over; ) {
      if (this.#part === "chunk") index = this.#readChunk(bytes, index);
      else this.#readLineByte(bytes[index++] ?? 0);
    }
  }

  #readLineByte(byte: number): void {
    if (byte === CARRIAGE_RETURN) return;
    if (byte !== LINE_FEED) {
      this.#line += String.fromCharCode(byte);
      return;
    }
    const line = this.#line;
    this.#line = "";
    this.#part = this.#afterLine(line);
  }

  #afterLine(line: string): Part {
    if (this.#part === "head") return afterHeadLine(line);
    if (this.#part === "trailer") return line === "" ? "end" : "trailer";
    if (this.#part === "chunk end") return line === "" ? "chunk size" : "broken";
    if (!/^[0-9a-f]{1,8}$/i.test(line)) return "broken";
    this.#left = Number.parseInt(line, 16);
    return this.#left === 0 ? "trailer" : "chunk";
  }

  #readChunk(bytes: Buffer, start: number): number {
    const end = Math.min(bytes.length, start + this.#left);
    for (let index = start; index < end; index++) {
      const isLineFeed = bytes[index] === LINE_FEED;
      if (isLineFeed && this.#atLineStart) this.events++;
      this.#atLineStart = isLineFeed;
    }
    this.bodyBytes += end - start;
    const newest = bytes.toString("latin1", Math.max(start, end - this.#lastEvent.length), end);
    this.#tail = (this.#tail + newest).slice(-this.#lastEvent.length);
    this.#left -= end - start;
    if (this.#left === 0) this.#part = "chunk end";
    return end;
  }
}

/** A status other than 200 or a framing other than chunked is not what a streamed answer looks like. */
function afterHeadLine(line: string): Part {
  if (line === "") return "chunk size";
  if (line.startsWith("HTTP/") && !line.startsWith("HTTP/1.1 200")) return "broken";
  return /^content-length:/i.test(line) ? "broken" : "head";
}
