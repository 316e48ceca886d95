import { LatchkeyError } from "../kernel/error.ts";

/** Where an upstream listens. */
export interface UpstreamOrigin {
  readonly protocol: "http" | "https";
  /** Without the brackets of an IPv6 address. */
  readonly hostname: string;
  readonly port: number;
}

/** A base URL taken apart. */
export interface BaseUrl {
  readonly origin: UpstreamOrigin;
  /** Value of the `Host` header. */
  readonly host: string;
  /** Path before every call's own path, without a slash at its end; empty for the root. */
  readonly pathPrefix: string;
}

/**
 * Takes a base URL apart.
 * @throws LatchkeyError LK-6001 for what is no plain http or https URL: the compiler has checked it before.
 */
export function parseOrigin(baseUrl: string): BaseUrl {
  const url = URL.parse(baseUrl);
  if (url === null || !isPlain(url)) {
    throw new LatchkeyError("LK-6001", "A provider's base URL is not a plain http or https URL.");
  }
  const protocol = url.protocol === "https:" ? "https" : "http";
  return {
    origin: {
      protocol,
      hostname: url.hostname.replace(/^\[|\]$/g, ""),
      port: url.port === "" ? (protocol === "https" ? 443 : 80) : Number(url.port),
    },
    host: url.host,
    pathPrefix: url.pathname.replace(/\/+$/, ""),
  };
}

/** Without what would be lost: a query, a fragment, credentials. */
function isPlain({ protocol, username, password, search, hash, port }: URL): boolean {
  if (protocol !== "http:" && protocol !== "https:") return false;
  return username === "" && password === "" && search === "" && hash === "" && port !== "0";
}
