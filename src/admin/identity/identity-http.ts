/** A request as identity needs to see it. */
export interface IdentityRequest {
  readonly method: string;
  /** As it was sent, without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Values of a header that occurs more than once are joined by a comma and a space. */
  readonly headers: { readonly get: (name: string) => string | null };
  /** Network address of the caller, behind the trusted proxies. */
  readonly remoteAddress: string;
  /** The body; empty where there is none. Rejects with LatchkeyError LK-2104 where it is larger than `maxBytes`. */
  readonly readBody: (maxBytes: number) => Promise<Uint8Array>;
}

/** The reply to one. */
export interface IdentityReply {
  readonly status: number;
  /** Names in lower case; `set-cookie` may occur more than once. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

const ALWAYS = [
  ["cache-control", "no-store"],
  ["referrer-policy", "same-origin"],
  ["x-content-type-options", "nosniff"],
] as const;

/** A reply of JSON that nobody keeps. */
export function jsonReply(
  status: number,
  body: unknown,
  headers: IdentityReply["headers"] = [],
): IdentityReply {
  return {
    status,
    headers: [...ALWAYS, ["content-type", "application/json"], ...headers],
    body: JSON.stringify(body),
  };
}

/** A reply that sends the browser elsewhere with GET. */
export function redirectReply(location: string, headers: IdentityReply["headers"] = []): IdentityReply {
  return { status: 303, headers: [...ALWAYS, ["location", location], ...headers], body: "" };
}

/** A page without scripts, which nobody may frame. */
export function pageReply(html: string): IdentityReply {
  const policy =
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
  return {
    status: 200,
    headers: [...ALWAYS, ["content-type", "text/html; charset=utf-8"], ["content-security-policy", policy]],
    body: html,
  };
}

/** A reply without a body. */
export function emptyReply(headers: IdentityReply["headers"] = []): IdentityReply {
  return { status: 204, headers: [...ALWAYS, ...headers], body: "" };
}
