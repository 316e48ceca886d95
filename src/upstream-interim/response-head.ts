import type { UpstreamResponseHead } from "../upstream/upstream.ts";

/** How the end of a body is found. */
export type BodyFraming =
  | { readonly kind: "none" }
  | { readonly kind: "length"; readonly length: number }
  | { readonly kind: "chunked" }
  | { readonly kind: "close" };

/** A parsed head and what it says of the body and the connection. */
export interface ParsedHead {
  readonly head: UpstreamResponseHead;
  readonly framing: BodyFraming;
  readonly keepAlive: boolean;
}

/** Bytes that are no answer of HTTP/1.1. The message says what is wrong with them. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}

/** A whole head, checked at once: status line, then lines of name, colon and value. RFC 9112, 4 and 5. */
const HEAD =
  /^HTTP\/1\.[01] [1-5]\d\d(?: [\t\x20-\x7e\x80-\xff]*)?(?:\r\n[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*)*$/;

/**
 * Parses status line and headers, without the empty line, strictly after RFC 9112: what two readers could
 * understand differently is refused.
 * @throws ProtocolError
 */
export function parseResponseHead(text: string): ParsedHead {
  if (!HEAD.test(text)) throw new ProtocolError(faultOf(text));
  const status = Number(text.slice(9, 12));
  const headers: (readonly [string, string])[] = [];
  for (let end = text.indexOf("\r\n"); end >= 0; ) {
    const start = end + 2;
    const colon = text.indexOf(":", start);
    end = text.indexOf("\r\n", colon);
    const value = end < 0 ? text.slice(colon + 1) : text.slice(colon + 1, end);
    headers.push([text.slice(start, colon).toLowerCase(), value.trim()]);
  }
  const contentLength = lengthOf(headers);
  const framing = framingOf(status, headers, contentLength);
  const connection = valuesOf(headers, "connection").toLowerCase();
  const persistent =
    text.charCodeAt(7) === 0x31 ? !connection.includes("close") : connection.includes("keep-alive");
  return {
    head: { status, headers, contentLength },
    framing,
    keepAlive: persistent && framing.kind !== "close",
  };
}

/** What is wrong with a head that was refused. */
function faultOf(text: string): string {
  const [first = "", ...lines] = text.split("\r\n");
  if (!HEAD.test(first)) return "the status line is malformed";
  const line = lines.find((candidate) => !HEAD.test(`${first}\r\n${candidate}`)) ?? "";
  const name = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):/.exec(line)?.[1];
  return name === undefined ? "a header's name is malformed" : `the value of ${name} is malformed`;
}

function lengthOf(headers: ParsedHead["head"]["headers"]): number | undefined {
  let text: string | undefined;
  for (const [name, value] of headers) {
    if (name !== "content-length") continue;
    if (text !== undefined) throw new ProtocolError("content-length occurs twice");
    text = value;
  }
  if (text === undefined) return undefined;
  const length = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(length)) {
    throw new ProtocolError("content-length is malformed");
  }
  return length;
}

function framingOf(
  status: number,
  headers: ParsedHead["head"]["headers"],
  length: number | undefined,
): BodyFraming {
  let chunked = false;
  for (const [name, value] of headers) {
    if (name !== "transfer-encoding") continue;
    if (length !== undefined) throw new ProtocolError("content-length and transfer-encoding occur together");
    if (chunked || value.toLowerCase() !== "chunked") {
      throw new ProtocolError("transfer-encoding is not chunked");
    }
    chunked = true;
  }
  if (status < 200 || status === 204 || status === 304) return { kind: "none" };
  if (chunked) return { kind: "chunked" };
  if (length === undefined) return { kind: "close" };
  return length === 0 ? { kind: "none" } : { kind: "length", length };
}

function valuesOf(headers: ParsedHead["head"]["headers"], wanted: string): string {
  let values = "";
  for (const [name, value] of headers) if (name === wanted) values += `${value},`;
  return values;
}
