import type { UpstreamResponseHead } from "./upstream.ts";

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

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/;
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Parses status line and headers, without the empty line, strictly after RFC 9112: what two readers could
 * understand differently is refused.
 * @throws ProtocolError
 */
export function parseResponseHead(text: string): ParsedHead {
  const lines = text.split("\r\n");
  const status = STATUS_LINE.exec(lines[0] ?? "");
  if (status === null) throw new ProtocolError("the status line is malformed");
  const headers: (readonly [string, string])[] = [];
  for (let index = 1; index < lines.length; index++) headers.push(parseLine(lines[index] as string));
  const code = Number(status[2]);
  const contentLength = lengthOf(headers);
  const framing = framingOf(code, headers, contentLength);
  const connection = valuesOf(headers, "connection").toLowerCase();
  const persistent = status[1] === "1" ? !connection.includes("close") : connection.includes("keep-alive");
  return {
    head: { status: code, headers, contentLength },
    framing,
    keepAlive: persistent && framing.kind !== "close",
  };
}

function parseLine(line: string): readonly [string, string] {
  const colon = line.indexOf(":");
  const name = line.slice(0, Math.max(0, colon));
  const value = line.slice(colon + 1);
  if (colon < 1 || !NAME.test(name)) throw new ProtocolError("a header's name is malformed");
  if (!VALUE.test(value)) throw new ProtocolError(`the value of ${name} is malformed`);
  return [name.toLowerCase(), value.trim()];
}

function lengthOf(headers: ParsedHead["head"]["headers"]): number | undefined {
  const lengths = headers.filter(([name]) => name === "content-length");
  const [first] = lengths;
  if (first === undefined) return undefined;
  if (lengths.length > 1) throw new ProtocolError("content-length occurs twice");
  const length = Number(first[1]);
  if (!/^\d+$/.test(first[1]) || !Number.isSafeInteger(length))
    throw new ProtocolError("content-length is malformed");
  return length;
}

function framingOf(
  status: number,
  headers: ParsedHead["head"]["headers"],
  length: number | undefined,
): BodyFraming {
  const coding = headers.filter(([name]) => name === "transfer-encoding");
  if (coding.length > 0) {
    if (length !== undefined) throw new ProtocolError("content-length and transfer-encoding occur together");
    if (coding.length > 1 || coding[0]?.[1].toLowerCase() !== "chunked") {
      throw new ProtocolError("transfer-encoding is not chunked");
    }
  }
  if (status < 200 || status === 204 || status === 304) return { kind: "none" };
  if (coding.length > 0) return { kind: "chunked" };
  if (length === undefined) return { kind: "close" };
  return length === 0 ? { kind: "none" } : { kind: "length", length };
}

function valuesOf(headers: ParsedHead["head"]["headers"], wanted: string): string {
  let values = "";
  for (const [name, value] of headers) if (name === wanted) values += `${value},`;
  return values;
}
