import { latin1 } from "./bytes.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Bytes of a string looked at one by one before the native search takes over. */
const SHORT_STRING = 24;

/** Offset after the string that begins at `from`, or -1 - offset of the fault. */
export function skipString(bytes: Uint8Array, from: number): number {
  let at = from + 1;
  const short = Math.min(bytes.length, at + SHORT_STRING);
  while (at < short) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) return at + 1;
    if (byte < 0x20) return -1 - at;
    if (byte !== BACKSLASH) at++;
    else {
      const length = escapeLength(bytes, at);
      if (length === 0) return -1 - at;
      at += length;
    }
  }
  return skipLongString(bytes, at);
}

/** Length of the escape that begins at `at`, 0 where it is none. */
function escapeLength(bytes: Uint8Array, at: number): number {
  if (bytes[at + 1] !== 0x75) return SIMPLE_ESCAPES.includes(bytes[at + 1] as number) ? 2 : 0;
  for (let digit = at + 2; digit < at + 6; digit++) {
    const byte = bytes[digit] as number;
    const letter = byte | 0x20;
    if (!(byte >= 0x30 && byte <= 0x39) && !(letter >= 0x61 && letter <= 0x66)) return 0;
  }
  return 6;
}

const SIMPLE_ESCAPES: readonly number[] = [...new TextEncoder().encode('"\\/bfnrt')];

/** A control character, or a backslash before what may not follow it; or the second one of `\\\\`, which may be right. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const SUSPECT = /[\0-\x1f]|\\(?!["\\/bfnrt]|u[0-9A-Fa-f]{4})/;

/** The rest of a string, of which `at` is no part of an escape: native searches instead of a loop over its bytes. */
function skipLongString(bytes: Uint8Array, at: number): number {
  const end = endOfString(bytes, at);
  if (end < 0) return -1 - bytes.length;
  const text = latin1(bytes, at, end);
  const suspect = text.search(SUSPECT);
  if (suspect < 0) return end + 1;
  let place = at + suspect;
  // Back to the first of the backslashes that stand together.
  while (place > at && bytes[place - 1] === BACKSLASH) place--;
  while (place < end) {
    const byte = bytes[place] as number;
    const length = byte === BACKSLASH ? escapeLength(bytes, place) : Number(byte >= 0x20);
    if (length === 0) return -1 - place;
    place += length;
  }
  return end + 1;
}

/** Offset of the quote that ends a string, or -1. */
function endOfString(bytes: Uint8Array, from: number): number {
  for (let at = from; ; ) {
    const quote = bytes.indexOf(QUOTE, at);
    if (quote < 0) return -1;
    let slash = quote - 1;
    while (slash >= from && bytes[slash] === BACKSLASH) slash--;
    if (((quote - slash) & 1) === 1) return quote;
    at = quote + 1;
  }
}

/** Whether a span is a string whose bytes are its characters: ASCII without escapes. */
export function isPlainString(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] !== QUOTE || end - start < 2) return false;
  for (let at = start + 1; at < end - 1; at++) {
    const byte = bytes[at] as number;
    if (byte < 0x20 || byte === BACKSLASH || byte > 0x7e) return false;
  }
  return bytes[end - 1] === QUOTE;
}
