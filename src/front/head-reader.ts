import { HeadBuffer, requestLineStart } from "../http/head-buffer.ts";
import { HeadTooLarge, ProtocolError } from "../http/protocol-error.ts";
import { indexOfText } from "../kernel/bytes.ts";
import { RepeatedHead } from "./repeated-head.ts";
import { type ParsedRequestHead, parseRequestHead } from "./request-head.ts";

/** Largest head of a request, bytes. */
const MAX_HEAD_BYTES = 32 * 1024;

const HEAD_END = "\r\n\r\n";
const CR = 0x0d;
const LF = 0x0a;

/** Reads the heads of a connection's requests, one after the other, wherever they are cut. */
export class HeadReader {
  /** Where the head ended in the bytes that were read last. */
  end = 0;
  /** Whether a head began in the bytes that were read last: its time limit runs from there on, not from its last byte. */
  hasBegun = false;
  readonly #buffer = new HeadBuffer(MAX_HEAD_BYTES, requestLineStart);
  readonly #repeated = new RepeatedHead();
  /** Whether the first half of an empty line has come. */
  #isAfterReturn = false;

  /** Whether no byte of the next head has come. */
  get isEmpty(): boolean {
    return this.#buffer.isEmpty;
  }

  /**
   * The head, where the bytes hold the rest of it.
   * @throws ProtocolError
   */
  read(bytes: Uint8Array): ParsedRequestHead | undefined {
    this.hasBegun = false;
    let start = 0;
    if (this.#buffer.isEmpty) {
      start = this.#skipEmptyLines(bytes);
      if (start === bytes.length) return undefined;
      this.hasBegun = true;
      const repeated = this.#repeated.match(bytes, start);
      if (repeated !== undefined) {
        this.end = start + this.#repeated.length;
        return repeated;
      }
      const end = indexOfText(bytes, HEAD_END, start);
      if (end >= 0) {
        this.end = end + HEAD_END.length;
        if (this.end - start > MAX_HEAD_BYTES) throw new HeadTooLarge();
        return this.#parse(bytes, start, end);
      }
    }
    this.end = this.#buffer.fill(bytes, start);
    if (!this.#buffer.isWhole) return undefined;
    const whole = this.#buffer.take();
    return this.#parse(whole, 0, whole.length - HEAD_END.length);
  }

  /**
   * Empty lines before a request are ignored (RFC 9112, 2.2); only CR LF ends one.
   * @throws ProtocolError
   */
  #skipEmptyLines(bytes: Uint8Array): number {
    let at = 0;
    for (; at < bytes.length; at++) {
      const byte = bytes[at];
      if ((byte === LF) !== this.#isAfterReturn)
        throw new ProtocolError("a line before the request is not ended by CR LF");
      this.#isAfterReturn = byte === CR;
      if (byte !== CR && byte !== LF) break;
    }
    return at;
  }

  #parse(bytes: Uint8Array, start: number, end: number): ParsedRequestHead {
    const head = parseRequestHead(bytes, start, end);
    this.#repeated.keep(bytes, start, end + HEAD_END.length, head);
    return head;
  }
}
