const NEWLINE = 0x0a;

/** Bytes of a line at most: pictures come in one. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** Cuts a stream into whole lines. What has no end yet is held as the pieces that it came in, and joined once. */
export class LineSplitter {
  /** A line has grown too long to be one. */
  isOverlong = false;
  #pieces: Uint8Array[] = [];
  #held = 0;

  /** Takes a piece; answers the lines that have ended in it, `undefined` for none. */
  feed(chunk: Uint8Array): Uint8Array | undefined {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end === 0) {
      this.#hold(chunk);
      return undefined;
    }
    const lines = end === chunk.length ? chunk : chunk.subarray(0, end);
    const whole = this.#pieces.length === 0 ? lines : Buffer.concat([...this.#pieces, lines]);
    this.#pieces = [];
    this.#held = 0;
    if (end < chunk.length) this.#hold(chunk.subarray(end));
    return whole;
  }

  /** What is left without an end. */
  end(): Uint8Array | undefined {
    const rest = this.#pieces.length === 0 ? undefined : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#held = 0;
    return rest;
  }

  #hold(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.#pieces.push(piece);
    this.#held += piece.length;
    if (this.#held > MAX_LINE_BYTES) this.isOverlong = true;
  }
}
