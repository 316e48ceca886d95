import { headerLine, type IncomingRequest } from "../../http/exchange.ts";
import { plainAddress } from "../../kernel/client-address.ts";
import { holdsAddress, type Networks } from "../../kernel/networks.ts";

/** Addresses and names of proxies on the way; longer lists are nobody's. */
const CHAIN = /^[\w.:[\]%, -]{1,2000}$/;
/** A name or address, and perhaps a port (RFC 3986, 3.2.2). */
const HOST = /^(?:[\w\-.~]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/**
 * Header lines that say from where and for what a request came to the gateway. What a caller says of it counts only where
 * the caller is a proxy that is trusted.
 */
export function forwardedLines({ headers, remoteAddress }: IncomingRequest, trusted: Networks): string {
  const peer = plainAddress(remoteAddress);
  const isTrusted = holdsAddress(trusted, peer, 0, peer.length);
  const said = (name: string, form: RegExp): string | undefined => {
    const value = isTrusted ? headers.get(name) : null;
    return value !== null && form.test(value) ? value : undefined;
  };
  const before = said("x-forwarded-for", CHAIN);
  const host = said("x-forwarded-host", HOST) ?? headers.get("host") ?? "";
  const lines =
    headerLine("x-forwarded-for", before === undefined ? peer : `${before}, ${peer}`) +
    headerLine("x-forwarded-proto", said("x-forwarded-proto", /^https?$/) ?? "http");
  return host === "" ? lines : lines + headerLine("x-forwarded-host", host);
}
