import { copyBytes, equalBytes, latin1 } from "../kernel/bytes.ts";
import type { ParsedRequestHead } from "./request-head.ts";

const ZERO = 0x30;

/**
 * The head of the last request of a connection. The next one mostly repeats it byte for byte but for the digits of its
 * `content-length`: then it means the same, and nothing has to be read or made anew.
 */
export class RepeatedHead {
  /** Bytes of the head, with the empty line. */
  length = 0;
  #bytes: Uint8Array = new Uint8Array();
  #head: ParsedRequestHead | undefined;
  /** Where the digits of `content-length` stand; both 0 where there are none. */
  #digitsStart = 0;
  #digitsEnd = 0;

  /** Remembers a head. */
  keep(bytes: Uint8Array, start: number, end: number, head: ParsedRequestHead): void {
    this.length = end - start;
    if (this.#bytes.length < this.length) this.#bytes = new Uint8Array(Math.max(512, this.length));
    copyBytes(bytes, start, end, this.#bytes, 0);
    this.#head = head;
    const { lengthPlace } = head.framing;
    this.#digitsStart = lengthPlace === undefined ? 0 : lengthPlace.start - start;
    this.#digitsEnd = lengthPlace === undefined ? 0 : lengthPlace.end - start;
  }

  /** The head that begins at an offset, where it is the remembered one but for the digits. */
  match(bytes: Uint8Array, start: number): ParsedRequestHead | undefined {
    const head = this.#head;
    const end = start + this.length;
    if (head === undefined || end > bytes.length) return undefined;
    const own = this.#bytes;
    const digitsEnd = this.#digitsEnd;
    if (!equalBytes(bytes, start + digitsEnd, end, own, digitsEnd)) return undefined;
    if (digitsEnd === 0) return head;
    const digitsStart = this.#digitsStart;
    if (!equalBytes(bytes, start, start + digitsStart, own, 0)) return undefined;
    let length = 0;
    for (let at = start + digitsStart; at < start + digitsEnd; at++) {
      const digit = (bytes[at] as number) - ZERO;
      if (digit < 0 || digit > 9) return undefined;
      length = length * 10 + digit;
    }
    if (length === head.framing.length) return head;
    const { framing } = head;
    return {
      method: head.method,
      path: head.path,
      query: head.query,
      headers: head.headers.withLength(latin1(bytes, start + digitsStart, start + digitsEnd)),
      framing: { ...framing, length, body: length > 0 ? "length" : "none" },
      isOld: head.isOld,
    };
  }
}
