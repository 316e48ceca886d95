import { endOfLine, readHeaderLines } from "../http/header-lines.ts";
import { ProtocolError } from "../http/protocol-error.ts";
import { latin1 } from "../kernel/bytes.ts";
import { HeadFraming, type ResponseFraming } from "./head-framing.ts";
import type { UpstreamResponseHead } from "./upstream.ts";

/** A parsed head and what it says of the body and the connection. */
export interface ParsedHead extends ResponseFraming {
  readonly head: UpstreamResponseHead;
}

const CR = 0x0d;
const SPACE = 0x20;
const ZERO = 0x30;

/** `HTTP/1.x nnn` */
const STATUS_LINE_LENGTH = 12;

/**
 * Parses status line and headers, strictly after RFC 9112: what two readers could understand differently is
 * refused.
 * @param end where the empty line after the head begins: `bytes` goes on with CR LF CR LF there.
 * @throws ProtocolError
 */
export function parseResponseHead(bytes: Uint8Array, end: number): ParsedHead {
  const text = latin1(bytes, 0, end);
  const status = readStatus(bytes, text, end);
  const framing = new HeadFraming(text, status, bytes[7] === ZERO);
  readHeaderLines(bytes, endOfLine(bytes, STATUS_LINE_LENGTH, end) + 2, end, framing);
  const { body, isPersistent, keepAliveMs } = framing.decide();
  const { headers, length: contentLength } = framing;
  return { head: { status, headers, contentLength }, body, isPersistent, keepAliveMs };
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

const isDigit = (value: number): boolean => value >= 0 && value <= 9;
