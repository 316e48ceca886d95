import { TOKEN_BYTES } from "../http/byte-class.ts";
import type { HeaderBlock } from "../http/header-block.ts";
import { readHeaderLines } from "../http/header-lines.ts";
import { ProtocolError } from "../http/protocol-error.ts";
import { latin1 } from "../kernel/bytes.ts";
import { PathFault } from "./request-fault.ts";
import { RequestFramer, type RequestFraming } from "./request-framing.ts";

/** A request's head. */
export interface ParsedRequestHead {
  readonly method: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly headers: HeaderBlock;
  readonly framing: RequestFraming;
  readonly isOld: boolean;
}

const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;
const QUESTION_MARK = 0x3f;
const SLASH = 0x2f;
const ONE = 0x31;
const ZERO = 0x30;
const DELETE = 0x7f;

/** ` HTTP/1.1` */
const VERSION_LENGTH = 9;
/** Longer methods are none. */
const MAX_METHOD_LENGTH = 32;
/** An absolute target, as proxies are sent it (RFC 9112, 3.2.2). */
const ABSOLUTE = /^https?:\/\/[^/?#]+/i;

/**
 * Parses a request line and headers, strictly after RFC 9112.
 * @param start where the request line begins
 * @param end where the empty line after the head begins: `bytes` goes on with CR LF CR LF there
 * @throws ProtocolError
 */
export function parseRequestHead(bytes: Uint8Array, start: number, end: number): ParsedRequestHead {
  let at = start;
  while (TOKEN_BYTES[bytes[at] as number] === 1) at++;
  if (at === start || at - start > MAX_METHOD_LENGTH || bytes[at] !== SPACE) {
    throw new ProtocolError("the request line is malformed");
  }
  const methodEnd = at;
  const targetStart = ++at;
  let mark = -1;
  for (; isTarget(bytes[at] as number); at++) if (mark < 0 && bytes[at] === QUESTION_MARK) mark = at;
  const isOld = readVersion(bytes, at, end);
  if (at === targetStart) throw new ProtocolError("the request line is malformed");
  const text = latin1(bytes, 0, end);
  const framer = new RequestFramer(text);
  readHeaderLines(bytes, at + VERSION_LENGTH + 2, end, framer);
  const { headers } = framer;
  const framing = framer.decide(isOld);
  const method = text.slice(start, methodEnd);
  if (bytes[targetStart] !== SLASH) {
    return { method, ...otherTarget(method, text.slice(targetStart, at)), headers, framing, isOld };
  }
  const path = text.slice(targetStart, mark < 0 ? at : mark);
  const query = mark < 0 ? "" : text.slice(mark + 1, at);
  return { method, path, query, headers, framing, isOld };
}

/** What a target may hold; that it holds nothing odd is the routes' business. */
function isTarget(byte: number): boolean {
  return byte > SPACE && byte !== DELETE;
}

/** Whether it is HTTP/1.0. */
function readVersion(bytes: Uint8Array, at: number, end: number): boolean {
  const minor = bytes[at + 8];
  const isLineEnd = bytes[at + VERSION_LENGTH] === CR && bytes[at + VERSION_LENGTH + 1] === LF;
  // A short line may leave less than that to the end of the head.
  const name = latin1(bytes, at, Math.min(at + 8, bytes.length));
  if (name !== " HTTP/1." || !isLineEnd || at + VERSION_LENGTH > end) {
    const isHttp = /^ HTTP\/\d/.test(name);
    throw new ProtocolError(isHttp ? "its version is not spoken here" : "the request line is malformed");
  }
  if (minor !== ONE && minor !== ZERO) throw new ProtocolError("its version is not spoken here");
  return minor === ZERO;
}

/** Targets that are no plain path: absolute ones, and `*` for OPTIONS. */
function otherTarget(method: string, target: string): { readonly path: string; readonly query: string } {
  if (target === "*" && method === "OPTIONS") return { path: "*", query: "" };
  const origin = ABSOLUTE.exec(target)?.[0];
  // Back-slashes and whatever else begins a line: refused by the routes, as a path that leads nowhere.
  if (origin === undefined) {
    if (method === "CONNECT") throw new ProtocolError("there is nothing to connect to");
    throw new PathFault("the target is no path");
  }
  const rest = target.slice(origin.length);
  const mark = rest.indexOf("?");
  const path = mark < 0 ? rest : rest.slice(0, mark);
  return { path: path === "" ? "/" : path, query: mark < 0 ? "" : rest.slice(mark + 1) };
}
