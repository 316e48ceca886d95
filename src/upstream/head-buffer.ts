import { FIELD_BYTES } from "./byte-class.ts";
import { ProtocolError } from "./protocol-error.ts";

const LF = 0x0a;
const CR = 0x0d;
const START = Buffer.from("HTTP/1.");
const FIRST_CAPACITY = 1_024;

/**
 * Gathers a head that comes in several pieces, until the empty line at its end. What can be no head is refused
 * at once, not when the time limit has passed: a line that is not ended by CR LF, control characters, another
 * protocol.
 */
export class HeadBuffer {
  /** Whether the head has come to its end. */
  isWhole = false;
  #bytes: Buffer = Buffer.alloc(0);
  #length = 0;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Whether no byte of a head has come. */
  get isEmpty(): boolean {
    return this.#length === 0;
  }

  /**
   * Takes the head's bytes out of what came and answers where they end.
   * @throws ProtocolError
   */
  fill(bytes: Uint8Array, from: number): number {
    let at = from;
    while (at < bytes.length && !this.isWhole) this.#add(bytes[at++] as number);
    return at;
  }

  /** The whole head, with the empty line; the next one can be filled in. */
  take(): Buffer {
    const whole = this.#bytes.subarray(0, this.#length);
    this.#bytes = Buffer.alloc(0);
    this.#length = 0;
    this.isWhole = false;
    return whole;
  }

  #add(byte: number): void {
    const length = this.#length;
    if (length === this.#maxBytes) throw new ProtocolError("the head is too large");
    const before = length === 0 ? 0 : this.#bytes[length - 1];
    if ((byte === LF) !== (before === CR))
      throw new ProtocolError("a line of the head is not ended by CR LF");
    if (byte !== LF && byte !== CR && FIELD_BYTES[byte] !== 1) {
      throw new ProtocolError("a line of the head holds a control character");
    }
    if (length < START.length && byte !== START[length])
      throw new ProtocolError("the status line is malformed");
    if (length === this.#bytes.length) this.#grow();
    this.#bytes[length] = byte;
    this.#length = length + 1;
    this.isWhole = byte === LF && length >= 3 && this.#bytes[length - 2] === LF;
  }

  #grow(): void {
    const larger = Buffer.allocUnsafe(Math.max(FIRST_CAPACITY, this.#bytes.length * 2));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
