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

/** What the gateway itself says of a request, or what would make a server take it for another one. */
export const routingHeaders: readonly string[] = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-prefix",
  "x-forwarded-proto",
  "x-forwarded-scheme",
  "x-forwarded-server",
  "x-forwarded-ssl",
  "x-forwarded-uri",
  "x-host",
  "x-http-host-override",
  "x-http-method",
  "x-http-method-override",
  "x-method-override",
  "x-original-host",
  "x-original-uri",
  "x-original-url",
  "x-real-ip",
  "x-request-id",
  "x-rewrite-url",
  "via",
];

/** How headers begin that only the gateway sends. */
export const ownPrefix = "x-latchkey-";

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

/** Cookies of the gateway's own pages, which stand on the same host. */
const OWN_COOKIE = /^\s*(?:__Host-|__Secure-)?latchkey\s*(?:=|$)/i;

/** A `Cookie` without the gateway's own; empty where nothing is left. */
export function withoutOwnCookies(value: string): string {
  const kept = value.split(";").filter((pair) => !OWN_COOKIE.test(pair));
  return kept.join(";").trim();
}

/** Whether a `Set-Cookie` would set one of the gateway's own. */
export function setsOwnCookie(value: string): boolean {
  return OWN_COOKIE.test(value);
}
