import { isUtf8 as isUtf8Bytes } from "node:buffer";

/**
 * Bytes read and copied without a view or a `Buffer` around them: either costs more than what is done with it
 * where the bytes are few.
 */

const native = Buffer.prototype;

/** Bytes of a part as text, one character each (ISO 8859-1); the same as UTF-8 where all are below 0x80. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  return native.latin1Slice.call(bytes, start, end);
}

/** Offset of the first occurrence of ASCII text from `from` on, or -1. */
export function indexOfText(bytes: Uint8Array, text: string, from = 0): number {
  return native.indexOf.call(bytes, text, from, "latin1");
}

/** Offset of the last occurrence of ASCII text, or -1. */
export function lastIndexOfText(bytes: Uint8Array, text: string): number {
  return native.lastIndexOf.call(bytes, text, undefined, "latin1");
}

/** Copies a part of `source` to `target` from offset `at` on; both have to have room. */
export function copyBytes(
  source: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  at: number,
): void {
  native.copy.call(source, target, at, start, end);
}

/** Whether a part of some bytes is the same as others from an offset on. */
export function equalBytes(
  bytes: Uint8Array,
  start: number,
  end: number,
  others: Uint8Array,
  othersStart: number,
): boolean {
  return native.compare.call(bytes, others, othersStart, othersStart + end - start, start, end) === 0;
}

/** Pieces one after the other; the one piece itself where there is no other. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces;
  if (first !== undefined && pieces.length === 1) return first;
  const result = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    copyBytes(piece, 0, piece.length, result, at);
    at += piece.length;
  }
  return result;
}

/** Whether bytes are UTF-8 throughout. */
export function isUtf8(bytes: Uint8Array): boolean {
  return isUtf8Bytes(bytes);
}
