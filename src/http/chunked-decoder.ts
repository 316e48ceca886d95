import { FIELD_BYTES, HEX_VALUES, TOKEN_BYTES } from "./byte-class.ts";

/** Hexadecimal digits of a chunk's size: 13 are exact in a double and more than any chunk has. */
const MAX_SIZE_DIGITS = 13;
/** Bytes of the extensions of one chunk. */
const MAX_EXTENSION_BYTES = 1_024;
/** Bytes of all trailers. */
const MAX_TRAILER_BYTES = 8_192;

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const COLON = 0x3a;
const SEMICOLON = 0x3b;

// What comes next. Numbers, because every byte of the framing goes through a switch on them.
const SIZE = 0;
const BEFORE_EXTENSION = 1;
const EXTENSION = 2;
const SIZE_LF = 3;
const DATA = 4;
const DATA_CR = 5;
const DATA_LF = 6;
const TRAILER = 7;
const TRAILER_NAME = 8;
const TRAILER_VALUE = 9;
const TRAILER_LF = 10;
const LAST_LF = 11;
const DONE = 12;
const FAULTY = 13;

/**
 * Takes the framing off a chunked body (RFC 9112, 7.1) as it comes, wherever it is cut. Extensions and trailers
 * are checked and dropped.
 */
export class ChunkedDecoder {
  /** The body's bytes that `decode` found last: from here … */
  start = 0;
  /** … to here in the buffer it was given. */
  end = 0;
  /** What is wrong with the framing; nothing more may be decoded then. */
  fault: string | undefined;
  #state = SIZE;
  /** Bytes of the chunk that are still to come; its size while that is being read. */
  #left = 0;
  #digits = 0;
  /** Bytes of the extension or of the trailers so far. */
  #spent = 0;

  /** Begins the next body. */
  reset(): void {
    this.#state = SIZE;
    this.#left = 0;
    this.#digits = 0;
    this.#spent = 0;
    this.fault = undefined;
  }

  /** Whether the body and its trailers are complete. */
  get isDone(): boolean {
    return this.#state === DONE;
  }

  /**
   * Decodes from a position on, to the end of the buffer, of the body or to a fault, and answers where it
   * stopped. What the chunks hold is moved together inside the buffer, so that one piece leaves it however many
   * chunks came.
   */
  decode(bytes: Uint8Array, from: number): number {
    let at = from;
    this.start = from;
    this.end = from;
    while (at < bytes.length && this.#state < DONE) {
      if (this.#state === DATA) at = this.#takeData(bytes, at);
      else this.#state = this.#next(bytes[at++] as number);
    }
    return at;
  }

  #takeData(bytes: Uint8Array, at: number): number {
    const stop = Math.min(bytes.length, at + this.#left);
    if (this.start === this.end) {
      this.start = at;
      this.end = stop;
    } else {
      bytes.copyWithin(this.end, at, stop);
      this.end += stop - at;
    }
    this.#left -= stop - at;
    if (this.#left === 0) this.#state = DATA_CR;
    return stop;
  }

  #next(byte: number): number {
    switch (this.#state) {
      case SIZE:
        return this.#readSize(byte);
      case BEFORE_EXTENSION:
        if (byte === SEMICOLON) return EXTENSION;
        return byte === SPACE || byte === TAB
          ? this.#spend(BEFORE_EXTENSION)
          : this.#fail("a chunk's size is malformed");
      case EXTENSION:
        if (byte === CR) return SIZE_LF;
        return FIELD_BYTES[byte] === 1
          ? this.#spend(EXTENSION)
          : this.#fail("a chunk's extension is malformed");
      case SIZE_LF:
        return byte === LF ? this.#beginChunk() : this.#fail("the line of a chunk's size is malformed");
      case DATA_CR:
        return byte === CR ? DATA_LF : this.#fail("a chunk is longer than its size");
      case DATA_LF:
        return byte === LF ? SIZE : this.#fail("a chunk's end is malformed");
      default:
        return this.#readTrailer(byte);
    }
  }

  #readSize(byte: number): number {
    const value = HEX_VALUES[byte] as number;
    if (value < 16) {
      this.#left = this.#left * 16 + value;
      return ++this.#digits > MAX_SIZE_DIGITS ? this.#fail("a chunk's size is too large") : SIZE;
    }
    if (this.#digits === 0) return this.#fail("a chunk's size is malformed");
    if (byte === CR) return SIZE_LF;
    if (byte === SEMICOLON) return EXTENSION;
    return byte === SPACE || byte === TAB ? BEFORE_EXTENSION : this.#fail("a chunk's size is malformed");
  }

  #beginChunk(): number {
    this.#digits = 0;
    this.#spent = 0;
    return this.#left === 0 ? TRAILER : DATA;
  }

  #readTrailer(byte: number): number {
    if (++this.#spent > MAX_TRAILER_BYTES) return this.#fail("the trailers are too large");
    switch (this.#state) {
      case TRAILER:
        if (byte === CR) return LAST_LF;
        return TOKEN_BYTES[byte] === 1 ? TRAILER_NAME : this.#fail("a trailer is malformed");
      case TRAILER_NAME:
        if (byte === COLON) return TRAILER_VALUE;
        return TOKEN_BYTES[byte] === 1 ? TRAILER_NAME : this.#fail("a trailer is malformed");
      case TRAILER_VALUE:
        if (byte === CR) return TRAILER_LF;
        return FIELD_BYTES[byte] === 1 ? TRAILER_VALUE : this.#fail("a trailer is malformed");
      case TRAILER_LF:
        return byte === LF ? TRAILER : this.#fail("a trailer is malformed");
      default:
        return byte === LF ? DONE : this.#fail("the end of the chunks is malformed");
    }
  }

  #spend(state: number): number {
    return ++this.#spent > MAX_EXTENSION_BYTES ? this.#fail("a chunk's extensions are too large") : state;
  }

  #fail(fault: string): number {
    this.fault = fault;
    return FAULTY;
  }
}
