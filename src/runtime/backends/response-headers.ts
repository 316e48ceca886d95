import type { ArtifactBackend } from "../../artifact/artifact.ts";
import { headerLine } from "../../http/exchange.ts";
import type { UpstreamResponseHead } from "../../upstream/upstream.ts";
import type { Call } from "../call.ts";
import { rateHeaderNames } from "../rate-lines.ts";
import { connectionHeaders, namedByConnection, ownPrefix, setsOwnCookie } from "./own-headers.ts";

/** Makes the header lines of a reply out of an upstream's head. */
export type ResponseHeaderMaker = (
  head: UpstreamResponseHead,
  call: Pick<Call, "requestId" | "rate">,
) => string;

/** What is the gateway's to say, and what would lead callers past it. */
const DROPPED = ["alt-svc", "date", "x-request-id"];

const POLICY = "content-security-policy";

/**
 * Keeps pages of backends, which stand on the gateway's own host, from acting there with the cookies of whoever opens
 * them. A config that sets a policy of its own has that instead.
 */
const SANDBOX = headerLine(POLICY, "sandbox");

/** Prepares the headers of a backend's replies. */
export function responseHeaderMaker(
  { set, remove }: ArtifactBackend["responseHeaders"],
  preset: string,
): ResponseHeaderMaker {
  const hasPolicy = set.some(([name]) => name.toLowerCase() === POLICY);
  const own = set.map(([name, value]) => headerLine(name.toLowerCase(), value)).join("");
  const fixed = own + preset;
  const dropped = new Set(
    [connectionHeaders, DROPPED, remove, set.map(([name]) => name)].flat().map((name) => name.toLowerCase()),
  );
  return ({ status, headers }, { requestId, rate }) => {
    let named: Set<string> | undefined;
    let lines = status === 101 || hasPolicy ? "" : SANDBOX;
    for (const [name, value] of headers.entries()) {
      if (name !== "connection") continue;
      named ??= new Set();
      for (const one of namedByConnection(value) ?? []) named.add(one);
    }
    for (const [name, value] of headers.entries()) {
      if (dropped.has(name) || named?.has(name) === true || name.startsWith(ownPrefix)) continue;
      if (name === "set-cookie" && setsOwnCookie(value)) continue;
      if (rate !== undefined && rateHeaderNames.has(name)) continue;
      lines += headerLine(name, value);
    }
    return `${lines}${fixed}x-request-id: ${requestId}\r\n`;
  };
}
