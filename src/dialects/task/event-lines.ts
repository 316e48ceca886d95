import { joinBytes } from "../../kernel/bytes.ts";

/** Longest line of a stream: pictures of 4K pixels come as one line each. */
export const maxTaskLineBytes: number = 64 * 1024 * 1024;

const NEWLINE = 0x0a;
const SPACE = 0x20;
const DATA = new TextEncoder().encode("data:");

/**
 * Finds the data of server-sent events whose data is one line each, as vendors of these APIs send them, wherever the
 * stream is cut. Each byte is looked at and copied once, however long the lines are.
 */
export class EventLines {
  /** A line has grown too long to be one; nothing more is read of it. */
  overlong = false;
  readonly #onData: (data: Uint8Array) => void;
  #pieces: Uint8Array[] = [];
  #length = 0;

  /** @param onData takes what stands after `data:`, without the space after it */
  constructor(onData: (data: Uint8Array) => void) {
    this.#onData = onData;
  }

  push(chunk: Uint8Array): void {
    let from = 0;
    for (;;) {
      const newline = chunk.indexOf(NEWLINE, from);
      if (newline < 0) break;
      this.#keep(chunk.subarray(from, newline));
      this.#line();
      from = newline + 1;
    }
    // What is kept has to outlive the chunk, whose memory its owner may use again.
    if (from < chunk.length) this.#keep(chunk.slice(from));
  }

  /** The stream has ended: its last line counts even without a line break. */
  close(): void {
    this.#line();
  }

  #keep(bytes: Uint8Array): void {
    this.#length += bytes.length;
    if (this.#length > maxTaskLineBytes) {
      this.overlong = true;
      this.#pieces = [];
    } else if (bytes.length > 0) this.#pieces.push(bytes);
  }

  #line(): void {
    const isWhole = this.#length <= maxTaskLineBytes;
    const line = joinBytes(this.#pieces);
    this.#pieces = [];
    this.#length = 0;
    if (!isWhole || !DATA.every((byte, index) => line[index] === byte)) return;
    this.#onData(line.subarray(line[DATA.length] === SPACE ? DATA.length + 1 : DATA.length));
  }
}
