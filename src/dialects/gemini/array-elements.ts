/** Bytes of one element at most; more is no answer but an attack or a mistake. */
export const maxElementBytes: number = 64 * 1024 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Takes a JSON array of objects apart as it comes, wherever it is cut; an object alone counts as an array of one. What
 * stands inside an element is not checked.
 */
export class ArrayElements {
  /** Whether the array has ended. */
  isClosed = false;
  /** Whether the bytes are no array of objects. */
  isBroken = false;
  /** Whether an element has grown too long to be one. */
  isOverlong = false;
  /** Offset in the bytes taken last of the end of the last element that ended in them; 0 for none. */
  lastEnd = 0;

  #hasBegun = false;
  #isArray = false;
  /** Objects and arrays that are open inside the element under way; 0 between elements. */
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  /** Pieces of the element under way. */
  #pieces: Uint8Array[] = [];
  #held = 0;

  /** Takes bytes; answers the elements that have ended in them, each as a whole. */
  push(bytes: Uint8Array): readonly Uint8Array[] {
    const elements: Uint8Array[] = [];
    let start = 0;
    this.lastEnd = 0;
    for (let at = 0; at < bytes.length && !this.isBroken; at++) {
      const byte = bytes[at] as number;
      if (this.#depth === 0) {
        if (this.#between(byte)) start = at;
      } else if (this.#inside(byte)) {
        this.lastEnd = at + 1;
        elements.push(this.#whole(bytes.subarray(start, at + 1)));
        if (!this.#isArray) this.isClosed = true;
      }
    }
    if (this.#depth > 0) this.#hold(bytes.subarray(start));
    return elements;
  }

  /** Looks at a byte outside of elements and tells whether one begins. */
  #between(byte: number): boolean {
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) return false;
    const isFirst = !this.#hasBegun;
    this.#hasBegun = true;
    if (this.isClosed) this.isBroken = true;
    else if (byte === OPEN_BRACE) {
      this.#depth = 1;
      return true;
    } else if (isFirst && byte === OPEN_BRACKET) this.#isArray = true;
    else if (this.#isArray && byte === CLOSE_BRACKET) this.isClosed = true;
    else if (!this.#isArray || byte !== COMMA) this.isBroken = true;
    return false;
  }

  /** Looks at a byte of an element and tells whether it is the last. */
  #inside(byte: number): boolean {
    if (this.#inString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === BACKSLASH) this.#isEscaped = true;
      else if (byte === QUOTE) this.#inString = false;
      return false;
    }
    if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#depth++;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) this.#depth--;
    return this.#depth === 0;
  }

  #hold(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#held += piece.length;
    if (this.#held > maxElementBytes) this.isOverlong = true;
  }

  #whole(last: Uint8Array): Uint8Array {
    if (this.#pieces.length === 0) return last;
    const whole = Buffer.concat([...this.#pieces, last]);
    this.#pieces = [];
    this.#held = 0;
    return whole;
  }
}
