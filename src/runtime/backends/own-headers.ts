/** Headers of one connection (RFC 9110, 7.6.1), and those that frame a message or name its receiver. */
export const connectionHeaders: readonly string[] = [
  "connection",
  "content-length",
  "expect",
  "host",
  "http2-settings",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authentication-info",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** Headers in which callers send their key: never an upstream's business. */
export const keyHeaders: readonly string[] = ["authorization", "x-api-key", "x-goog-api-key"];

/**
 * What the gateway itself says of a request, or what would make a server take it for another one or for somebody
 * else's; `proxy` is the one that CGI programs take for the address of theirs.
 */
export const routingHeaders: readonly string[] = [
  "cf-connecting-ip",
  "client-ip",
  "fastly-client-ip",
  "forwarded",
  "front-end-https",
  "proxy",
  "true-client-ip",
  "x-client-ip",
  "x-cluster-client-ip",
  "x-host",
  "x-http-host-override",
  "x-http-method",
  "x-http-method-override",
  "x-method-override",
  "x-original-forwarded-for",
  "x-original-host",
  "x-original-uri",
  "x-original-url",
  "x-real-ip",
  "x-request-id",
  "x-rewrite-url",
  "x-url-scheme",
  "via",
];

/** How headers begin that only the gateway sends. */
export const ownPrefix = "x-latchkey-";

/** How headers begin that say where a request came from: the gateway's own words take their place. */
export const forwardedPrefix = "x-forwarded-";

const ODD_IN_NAME = /[^\da-z-]/g;

/**
 * A header's name as servers see it that make variables of headers (CGI, WSGI, PHP): for them `x_api_key` and
 * `x-api-key` are the same, so whatever drops the one has to drop the other.
 * @param name lower-case
 */
export function folded(name: string): string {
  return name.replace(ODD_IN_NAME, "-");
}

/** Names that `Connection` adds to the headers of one connection. */
export function namedByConnection(value: string | null | undefined): ReadonlySet<string> | undefined {
  if (value === null || value === undefined) return undefined;
  return new Set(
    value
      .toLowerCase()
      .split(",")
      .map((name) => name.trim()),
  );
}

/**
 * Cookies of the gateway's own pages, which stand on the same host. Without a name (`=latchkey=x`) some browsers send a
 * cookie as if its value began with one.
 */
const OWN_COOKIE = /^[\s=]*(?:__Host-|__Secure-)?latchkey\s*(?:=|$)/i;

/** A `Cookie` without the gateway's own; empty where nothing is left. */
export function withoutOwnCookies(value: string): string {
  const kept = value.split(";").filter((pair) => !OWN_COOKIE.test(pair));
  return kept.join(";").trim();
}

/** Whether a `Set-Cookie` would set one of the gateway's own. */
export function setsOwnCookie(value: string): boolean {
  return OWN_COOKIE.test(value);
}
