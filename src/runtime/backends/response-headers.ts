import type { ArtifactBackend } from "../../artifact/artifact.ts";
import { headerLine } from "../../http/exchange.ts";
import type { UpstreamResponseHead } from "../../upstream/upstream.ts";
import { connectionHeaders, namedByConnection, ownPrefix, setsOwnCookie } from "./own-headers.ts";

/** Makes the header lines of a reply out of an upstream's head. */
export type ResponseHeaderMaker = (head: UpstreamResponseHead, requestId: string) => string;

/** What is the gateway's to say, and what would lead callers past it. */
const DROPPED = ["alt-svc", "date", "x-request-id"];

/** Prepares the headers of a backend's replies. */
export function responseHeaderMaker(
  { set, remove }: ArtifactBackend["responseHeaders"],
  preset: string,
): ResponseHeaderMaker {
  const fixed = set.map(([name, value]) => headerLine(name.toLowerCase(), value)).join("") + preset;
  const dropped = new Set(
    [connectionHeaders, DROPPED, remove, set.map(([name]) => name)].flat().map((name) => name.toLowerCase()),
  );
  return ({ headers }, requestId) => {
    let named: Set<string> | undefined;
    let lines = "";
    for (const [name, value] of headers.entries()) {
      if (name !== "connection") continue;
      named ??= new Set();
      for (const one of namedByConnection(value) ?? []) named.add(one);
    }
    for (const [name, value] of headers.entries()) {
      if (dropped.has(name) || named?.has(name) === true || name.startsWith(ownPrefix)) continue;
      if (name === "set-cookie" && setsOwnCookie(value)) continue;
      lines += headerLine(name, value);
    }
    return `${lines}${fixed}x-request-id: ${requestId}\r\n`;
  };
}
