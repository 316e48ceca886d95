/**
 * What went wrong, in the words that decide what a program does about it:
 * - `authentication`: the key is missing or not valid (401).
 * - `permission`: the key may not do this (402, 403).
 * - `not-found`: no such path, endpoint or model for this key, or it was retired (404, 405, 410).
 * - `invalid-input`: the request is wrong and stays wrong when sent again (other 4xx).
 * - `rate-limit`: too many calls; `retryAfterMs` says when to come back (429).
 * - `upstream`: the model provider failed (502, 503, 504).
 * - `gateway`: the gateway itself failed (other 5xx).
 * - `timeout`: the call's time is up, here or at the gateway (408).
 * - `aborted`: the caller's own signal, or a stream that was left early.
 * - `connection`: the gateway could not be reached, or the connection broke.
 * - `cut-stream`: a streamed answer ended before its end was said.
 * - `protocol`: what answered does not speak Latchkey's protocol.
 */
export type ClientErrorKind =
  | "authentication"
  | "permission"
  | "not-found"
  | "invalid-input"
  | "rate-limit"
  | "upstream"
  | "gateway"
  | "timeout"
  | "aborted"
  | "connection"
  | "cut-stream"
  | "protocol";

const STATUS_KINDS: ReadonlyMap<number, ClientErrorKind> = new Map([
  [401, "authentication"],
  [402, "permission"],
  [403, "permission"],
  [404, "not-found"],
  [405, "not-found"],
  [408, "timeout"],
  [410, "not-found"],
  [429, "rate-limit"],
  [502, "upstream"],
  [503, "upstream"],
  [504, "upstream"],
]);

/** Kind of an error answer. A 5xx with an `LK-5…` code is the gateway's own, whatever its status. */
export function kindOfStatus(status: number, code: string | undefined): ClientErrorKind {
  if (status >= 500 && code?.startsWith("LK-5")) return "gateway";
  const known = STATUS_KINDS.get(status);
  if (known !== undefined) return known;
  if (status >= 500) return "gateway";
  return status >= 400 ? "invalid-input" : "protocol";
}

/**
 * Kind of an error inside a stream, where the status was already 200. Codes without `LK-` are the model
 * provider's own words.
 */
export function kindOfCode(code: string | undefined): ClientErrorKind {
  if (code === "LK-3011") return "rate-limit";
  if (code === "LK-3015" || code?.startsWith("LK-2")) return "invalid-input";
  return code?.startsWith("LK-5") ? "gateway" : "upstream";
}
