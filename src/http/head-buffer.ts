import { FIELD_BYTES, TOKEN_BYTES } from "./byte-class.ts";
import { HeadTooLarge, ProtocolError } from "./protocol-error.ts";

const LF = 0x0a;
const CR = 0x0d;
const FIRST_CAPACITY = 1_024;

/** What is wrong with a byte of a head's first line, where it can be told by the byte alone. */
export type FirstLineCheck = (byte: number, place: number) => string | undefined;

const STATUS_START = Buffer.from("HTTP/1.");

/** The first line of an answer. */
export const statusLineStart: FirstLineCheck = (byte, place) =>
  place < STATUS_START.length && byte !== STATUS_START[place] ? "the status line is malformed" : undefined;

/** The first line of a request: it begins with a method. */
export const requestLineStart: FirstLineCheck = (byte, place) =>
  place === 0 && TOKEN_BYTES[byte] !== 1 ? "the request line is malformed" : undefined;

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
  readonly #checkStart: FirstLineCheck;

  constructor(maxBytes: number, checkStart: FirstLineCheck) {
    this.#maxBytes = maxBytes;
    this.#checkStart = checkStart;
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
    if (length === this.#maxBytes) throw new HeadTooLarge();
    const before = length === 0 ? 0 : this.#bytes[length - 1];
    if ((byte === LF) !== (before === CR))
      throw new ProtocolError("a line of the head is not ended by CR LF");
    if (byte !== LF && byte !== CR && FIELD_BYTES[byte] !== 1) {
      throw new ProtocolError("a line of the head holds a control character");
    }
    const fault = this.#checkStart(byte, length);
    if (fault !== undefined) throw new ProtocolError(fault);
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
