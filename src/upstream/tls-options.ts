import { isIP } from "node:net";
import type { TLSOptions } from "bun";
import type { UpstreamOrigin } from "./parse-origin.ts";

/**
 * TLS settings of connections to an origin; undefined for plain HTTP. Name and certificate are checked unless `own` says
 * otherwise. An address is never sent as a name (RFC 6066, 3).
 */
export function tlsOptions(
  { protocol, hostname }: UpstreamOrigin,
  own: TLSOptions | undefined,
): TLSOptions | undefined {
  if (protocol === "http") return undefined;
  return { serverName: isIP(hostname) === 0 ? hostname : "", rejectUnauthorized: true, ...own };
}
