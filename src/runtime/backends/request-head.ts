import { headerLine, type IncomingRequest } from "../../http/exchange.ts";
import type { Networks } from "../../kernel/networks.ts";
import { renderRequestHead } from "../../upstream/request-head.ts";
import { withoutOwnProtocols } from "../web-socket-key.ts";
import { forwardedLines } from "./forwarded.ts";
import {
  connectionHeaders,
  folded,
  forwardedPrefix,
  keyHeaders,
  namedByConnection,
  ownPrefix,
  routingHeaders,
  withoutOwnCookies,
} from "./own-headers.ts";

type HeaderPairs = readonly (readonly [name: string, value: string])[];

/** What a backend says of the heads of its requests, with its secrets put in. */
export interface HeadOptions {
  readonly set: HeaderPairs;
  readonly remove: readonly string[];
  /** The backend's own credential, and headers that only it may set, lower-case. */
  readonly credential: HeaderPairs;
  readonly reserved: readonly string[];
  readonly trustedProxies: Networks;
}

/** A request as an upstream is asked. */
export interface OutgoingTarget {
  readonly host: string;
  /** Path and query. */
  readonly path: string;
  readonly requestId: string;
}

/** Makes the head of a request out of the caller's, see `UpstreamCall.head`. Holds credentials: never shown or logged. */
export type HeadMaker = (request: IncomingRequest, target: OutgoingTarget) => string;

const VIA = "1.1 latchkey";

/**
 * Prepares the heads of a backend's requests.
 * @throws LatchkeyError LK-6001 for a header that cannot be sent.
 */
export function headMaker(options: HeadOptions): HeadMaker {
  const { set, remove, credential, reserved, trustedProxies } = options;
  const fixed = linesOf(
    set.filter(([name]) => !reserved.includes(name.toLowerCase())),
    credential,
  );
  const dropped = new Set(
    [connectionHeaders, keyHeaders, routingHeaders, reserved, remove, set.map(([name]) => name)]
      .flat()
      .map((name) => folded(name.toLowerCase())),
  );
  const isDropped = (name: string): boolean => {
    const plain = folded(name);
    return dropped.has(plain) || plain.startsWith(ownPrefix) || plain.startsWith(forwardedPrefix);
  };
  return (request, { host, path, requestId }) => {
    const { headers } = request;
    const named = namedByConnection(headers.get("connection"));
    let head = `${request.method} ${path} HTTP/1.1\r\nhost: ${host}\r\n`;
    for (const [name, value] of headers.entries()) {
      if (isDropped(name) || named?.has(name) === true) continue;
      const kept = withoutOwn(name, value);
      if (kept !== "" || value === "") head += headerLine(name, kept);
    }
    const via = headers.get("via");
    head += headerLine("via", via === null ? VIA : `${via}, ${VIA}`);
    return `${head}${forwardedLines(request, trustedProxies)}x-request-id: ${requestId}\r\n${fixed}`;
  };
}

/** A header's value without what is for the gateway; empty where nothing is left. */
function withoutOwn(name: string, value: string): string {
  if (name === "cookie") return withoutOwnCookies(value);
  return name === "sec-websocket-protocol" ? withoutOwnProtocols(value) : value;
}

/** Lines of headers, checked byte by byte. */
function linesOf(set: HeaderPairs, credential: HeaderPairs): string {
  const byName = new Map([...set, ...credential].map(([name, value]) => [name.toLowerCase(), value]));
  const head = renderRequestHead({ method: "GET", path: "/", host: "localhost", headers: [...byName] });
  return head.split("\r\n").slice(2).join("\r\n");
}
