import { latin1 } from "../kernel/bytes.ts";
import { FIELD_BYTES, TOKEN_BYTES } from "./byte-class.ts";
import { HeadFraming, type ResponseFraming } from "./head-framing.ts";
import { ProtocolError } from "./protocol-error.ts";
import type { UpstreamResponseHead } from "./upstream.ts";

/** A parsed head and what it says of the body and the connection. */
export interface ParsedHead extends ResponseFraming {
  readonly head: UpstreamResponseHead;
}

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const COLON = 0x3a;
const ZERO = 0x30;

/** `HTTP/1.x nnn` */
const STATUS_LINE_LENGTH = 12;

/**
 * Parses status line and headers, strictly after RFC 9112: what two readers could understand differently is
 * refused. The bytes are checked one by one and the texts cut out of one string, which is several times faster
 * than expressions on lines.
 * @param end where the empty line after the head begins: `bytes` goes on with CR LF CR LF there.
 * @throws ProtocolError
 */
export function parseResponseHead(bytes: Uint8Array, end: number): ParsedHead {
  const text = latin1(bytes, 0, end);
  const status = readStatus(bytes, text, end);
  const headers: (readonly [name: string, value: string])[] = [];
  const framing = new HeadFraming(status, bytes[7] === ZERO);
  let at = endOfValue(bytes, STATUS_LINE_LENGTH, end) + 2;
  while (at < end) {
    let colon = at;
    let hasCapitals = false;
    for (; TOKEN_BYTES[bytes[colon] as number] === 1; colon++) {
      const byte = bytes[colon] as number;
      if (byte >= 0x41 && byte <= 0x5a) hasCapitals = true;
    }
    // Also met by white space before the colon and by a line that continues the one before.
    if (colon === at || bytes[colon] !== COLON) throw new ProtocolError("a header's name is malformed");
    const name = hasCapitals ? text.slice(at, colon).toLowerCase() : text.slice(at, colon);
    let first = colon + 1;
    while (isBlank(bytes[first])) first++;
    const lineEnd = endOfValue(bytes, first, end);
    let last = lineEnd;
    while (last > first && isBlank(bytes[last - 1])) last--;
    const value = text.slice(first, last);
    framing.note(name, value);
    headers.push([name, value]);
    at = lineEnd + 2;
  }
  const { body, isPersistent, keepAliveMs } = framing.decide();
  return { head: { status, headers, contentLength: framing.length }, body, isPersistent, keepAliveMs };
}

function readStatus(bytes: Uint8Array, text: string, end: number): number {
  const minor = (bytes[7] as number) - ZERO;
  const hundreds = (bytes[9] as number) - ZERO;
  const tens = (bytes[10] as number) - ZERO;
  const ones = (bytes[11] as number) - ZERO;
  const reason = bytes[STATUS_LINE_LENGTH];
  const isStatusLine =
    end >= STATUS_LINE_LENGTH &&
    text.startsWith("HTTP/1.") &&
    (minor === 0 || minor === 1) &&
    bytes[8] === SPACE &&
    hundreds >= 1 &&
    hundreds <= 5 &&
    isDigit(tens) &&
    isDigit(ones) &&
    // Some servers leave out the space where there is no reason phrase.
    (reason === SPACE || reason === CR);
  if (!isStatusLine) throw new ProtocolError("the status line is malformed");
  return hundreds * 100 + tens * 10 + ones;
}

/** Where the line ends whose value begins here: only CR LF ends a line, and no other control byte is in it. */
function endOfValue(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (FIELD_BYTES[bytes[at] as number] === 1) at++;
  if (at > end || bytes[at] !== CR || bytes[at + 1] !== LF) {
    throw new ProtocolError("a line of the head holds a control character");
  }
  return at;
}

const isBlank = (byte: number | undefined): boolean => byte === SPACE || byte === TAB;
const isDigit = (value: number): boolean => value >= 0 && value <= 9;
