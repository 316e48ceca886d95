import { LatchkeyError } from "../kernel/error.ts";

/** What a request's head says. */
export interface RequestHead {
  readonly method: string;
  /** Path and query, beginning with a slash. */
  readonly path: string;
  readonly host: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** CONNECT would turn the connection into a tunnel. */
const METHOD = /^(?!CONNECT$)[A-Z]{1,20}$/;
/** Visible ASCII; a fragment never goes to a server. */
const TARGET = /^\/[\x21\x22\x24-\x7e]*$/;
/** A name, an IPv4 address or an IPv6 one in brackets, and perhaps a port (RFC 3986, 3.2). */
const HOST = /^(?:[0-9A-Za-z._~!$&'()*+,;=-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?$/;
/** RFC 9110, 5.6.2. */
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** RFC 9110, 5.5: visible characters, spaces and tabs inside, and latin1 beyond. */
const VALUE = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/;

/** Headers that the connection itself decides about. */
const FORBIDDEN = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * Text of a request's head, each line ended by CRLF, as `UpstreamCall.head` wants it. Every byte is checked, so
 * nothing that is put in can begin a line of its own.
 * @throws LatchkeyError LK-6001 naming the part at fault, never its value.
 */
export function renderRequestHead({ method, path, host, headers }: RequestHead): string {
  if (!METHOD.test(method)) throw faulty("the method");
  if (!TARGET.test(path)) throw faulty("the path");
  if (!HOST.test(host)) throw faulty("the host");
  let text = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n`;
  const seen = new Set<string>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (!NAME.test(name) || FORBIDDEN.has(lower)) throw faulty(`the header ${JSON.stringify(name)}`);
    if (seen.has(lower)) throw faulty(`the header ${JSON.stringify(name)} (it is there twice)`);
    if (!VALUE.test(value)) throw faulty(`the value of the header ${JSON.stringify(name)}`);
    seen.add(lower);
    text += `${lower}: ${value}\r\n`;
  }
  return text;
}

function faulty(part: string): LatchkeyError {
  return new LatchkeyError("LK-6001", `A provider's request cannot be written: ${part} is not allowed.`);
}
