import { latin1 } from "./bytes.ts";
import { maxJsonDepth } from "./json-depth.ts";
import { isPlainString, skipString } from "./json-string-scan.ts";

/**
 * Finds the members of a JSON object in its UTF-8 bytes without building values, so that a body can be routed
 * and rewritten for a fraction of what parsing it costs. It is checked in full (RFC 8259), except that the bytes of
 * strings need not be UTF-8.
 */

/** A member of the scanned object: where its value begins and ends, as byte offsets. */
export interface JsonSpan {
  readonly start: number;
  readonly end: number;
}

/** What a scan finds. */
export type JsonScan =
  | {
      readonly ok: true;
      /** Spans in the order of the names asked for; undefined where the object has no such member. */
      readonly spans: readonly (JsonSpan | undefined)[];
      /** Offset just after the opening brace. */
      readonly open: number;
      /** Whether the object has no members at all. */
      readonly empty: boolean;
    }
  | { readonly ok: false; readonly reason: "malformed" | "too-deep"; readonly offset: number }
  | { readonly ok: false; readonly reason: "duplicate"; readonly name: string }
  | { readonly ok: false; readonly reason: "not-object" };

/** Added to the offset of a fault that is no mistake of syntax but one level too many; larger than any offset. */
const TOO_DEEP = 2 ** 40;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** A member name prepared for scanning. */
export interface JsonName {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** Prepares the names that a scan looks for, once. */
export function jsonNames(...names: readonly string[]): readonly JsonName[] {
  return names.map((text) => ({ text, bytes: encoder.encode(text) }));
}

/**
 * Scans one JSON object. A name that is asked for and occurs twice is an error, since two readers of the same
 * bytes could take different ones; names written with escapes are recognised.
 */
export function scanJsonObject(bytes: Uint8Array, names: readonly JsonName[]): JsonScan {
  let at = skipSpace(bytes, 0);
  if (bytes[at] !== OPEN_BRACE) {
    const end = skipValue(bytes, at, 0);
    if (end < 0) return faultOf(end);
    return skipSpace(bytes, end) === bytes.length ? { ok: false, reason: "not-object" } : malformed(end);
  }
  const open = at + 1;
  const spans: (JsonSpan | undefined)[] = new Array(names.length).fill(undefined);
  at = skipSpace(bytes, open);
  const empty = bytes[at] === CLOSE_BRACE;
  if (empty)
    return skipSpace(bytes, at + 1) === bytes.length ? { ok: true, spans, open, empty } : malformed(at + 1);
  for (;;) {
    if (bytes[at] !== QUOTE) return malformed(at);
    const keyEnd = skipString(bytes, at);
    if (keyEnd < 0) return malformed(-1 - keyEnd);
    const colon = skipSpace(bytes, keyEnd);
    if (bytes[colon] !== COLON) return malformed(colon);
    const start = skipSpace(bytes, colon + 1);
    const end = skipValue(bytes, start, 1);
    if (end < 0) return faultOf(end);
    const index = indexOfName(bytes, at, keyEnd, names);
    if (index >= 0) {
      if (spans[index] !== undefined)
        return { ok: false, reason: "duplicate", name: names[index]?.text ?? "" };
      spans[index] = { start, end };
    }
    at = skipSpace(bytes, end);
    if (bytes[at] === CLOSE_BRACE) break;
    if (bytes[at] !== COMMA) return malformed(at);
    at = skipSpace(bytes, at + 1);
  }
  return skipSpace(bytes, at + 1) === bytes.length ? { ok: true, spans, open, empty } : malformed(at + 1);
}

/** The value of a span, parsed; `undefined` where its bytes are no JSON after all. */
export function readJsonSpan(bytes: Uint8Array, { start, end }: JsonSpan): unknown {
  if (isPlainString(bytes, start, end)) return latin1(bytes, start + 1, end - 1);
  try {
    return JSON.parse(decoder.decode(bytes.subarray(start, end)));
  } catch {
    return undefined;
  }
}

/** The elements of a list that a scan has found, and so has checked. */
export function jsonElements(bytes: Uint8Array, { start }: JsonSpan): readonly JsonSpan[] {
  const elements: JsonSpan[] = [];
  let at = skipSpace(bytes, start + 1);
  while (bytes[at] !== CLOSE_BRACKET) {
    const end = skipValue(bytes, at, 1);
    if (end < 0) break;
    elements.push({ start: at, end });
    at = skipSpace(bytes, end);
    if (bytes[at] === COMMA) at = skipSpace(bytes, at + 1);
  }
  return elements;
}

function malformed(offset: number): JsonScan {
  return { ok: false, reason: "malformed", offset };
}

/** What a negative answer of the functions below means. */
function faultOf(code: number): JsonScan {
  const offset = -1 - code;
  return offset < TOO_DEEP ? malformed(offset) : { ok: false, reason: "too-deep", offset: offset - TOO_DEEP };
}

function indexOfName(bytes: Uint8Array, quote: number, end: number, names: readonly JsonName[]): number {
  const start = quote + 1;
  const length = end - 1 - start;
  for (let at = start; at < end - 1; at++) {
    if (bytes[at] === BACKSLASH) return indexOfEscapedName(bytes, quote, end, names);
  }
  for (let index = 0; index < names.length; index++) {
    const name = names[index]?.bytes;
    if (name === undefined || name.length !== length) continue;
    let same = 0;
    while (same < length && name[same] === bytes[start + same]) same++;
    if (same === length) return index;
  }
  return -1;
}

function indexOfEscapedName(
  bytes: Uint8Array,
  quote: number,
  end: number,
  names: readonly JsonName[],
): number {
  const text = readJsonSpan(bytes, { start: quote, end });
  return names.findIndex((name) => name.text === text);
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  for (; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
  }
  return at;
}

/**
 * Offset after the value that begins at `from`, or -1 - offset of the fault, with `TOO_DEEP` added where the fault
 * is its depth.
 * @param depth containers that the value stands in
 */
function skipValue(bytes: Uint8Array, from: number, depth: number): number {
  const first = bytes[from];
  if (first === QUOTE) return skipString(bytes, from);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return skipContainer(bytes, from, maxJsonDepth - depth);
  return skipScalar(bytes, from);
}

function skipContainer(bytes: Uint8Array, from: number, levels: number): number {
  const closers: number[] = [];
  let at = from;
  for (;;) {
    // Here a value begins.
    const byte = bytes[at];
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (closers.length === levels) return -1 - TOO_DEEP - at;
      const closer = byte === OPEN_BRACE ? CLOSE_BRACE : CLOSE_BRACKET;
      at = skipSpace(bytes, at + 1);
      if (bytes[at] !== closer) {
        closers.push(closer);
        if (closer === CLOSE_BRACKET) continue;
        at = skipKey(bytes, at);
        if (at < 0) return at;
        continue;
      }
      at++;
    } else {
      at = byte === QUOTE ? skipString(bytes, at) : skipScalar(bytes, at);
      if (at < 0) return at;
    }
    // Here a value has ended.
    for (;;) {
      if (closers.length === 0) return at;
      at = skipSpace(bytes, at);
      const next = bytes[at];
      if (next === COMMA) break;
      if (next !== closers.at(-1)) return -1 - at;
      closers.pop();
      at++;
    }
    at = skipSpace(bytes, at + 1);
    if (closers.at(-1) === CLOSE_BRACE) {
      at = skipKey(bytes, at);
      if (at < 0) return at;
    }
  }
}

/** Offset of the value after the key that begins at `from`, or -1 - offset of the fault. */
function skipKey(bytes: Uint8Array, from: number): number {
  if (bytes[from] !== QUOTE) return -1 - from;
  const end = skipString(bytes, from);
  if (end < 0) return end;
  const colon = skipSpace(bytes, end);
  return bytes[colon] === COLON ? skipSpace(bytes, colon + 1) : -1 - colon;
}

const LITERALS = ["true", "false", "null"].map((text) => encoder.encode(text));

function skipScalar(bytes: Uint8Array, from: number): number {
  const first = bytes[from];
  for (const literal of LITERALS) {
    if (literal[0] !== first) continue;
    for (let index = 1; index < literal.length; index++) {
      if (bytes[from + index] !== literal[index]) return -1 - (from + index);
    }
    return from + literal.length;
  }
  return skipNumber(bytes, from);
}

function skipNumber(bytes: Uint8Array, from: number): number {
  let at = bytes[from] === 0x2d ? from + 1 : from;
  const integer = at;
  at = skipDigits(bytes, at);
  if (at === integer || (at > integer + 1 && bytes[integer] === 0x30)) return -1 - integer;
  if (bytes[at] === 0x2e) {
    const fraction = at + 1;
    at = skipDigits(bytes, fraction);
    if (at === fraction) return -1 - at;
  }
  if (bytes[at] === 0x65 || bytes[at] === 0x45) {
    at++;
    if (bytes[at] === 0x2b || bytes[at] === 0x2d) at++;
    const exponent = at;
    at = skipDigits(bytes, exponent);
    if (at === exponent) return -1 - at;
  }
  return at;
}

function skipDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(bytes[at])) at++;
  return at;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
