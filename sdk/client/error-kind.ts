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

/** Kinds of errors inside a stream by their code: Latchkey's, or OpenAI's where a conversation tells that instead. */
const CODE_KINDS: ReadonlyMap<string, ClientErrorKind> = new Map([
  ["LK-3011", "rate-limit"],
  ["LK-3021", "rate-limit"],
  ["rate_limit_exceeded", "rate-limit"],
  ["insufficient_quota", "rate-limit"],
  ["LK-3015", "invalid-input"],
  ["LK-3017", "invalid-input"],
  ["LK-3018", "invalid-input"],
  ["LK-3019", "invalid-input"],
  ["context_length_exceeded", "invalid-input"],
  ["content_policy_violation", "invalid-input"],
  ["LK-3020", "not-found"],
  ["model_not_found", "not-found"],
]);

/** Kind of an error inside a stream, where the status was already 200. Other codes are a model provider's own. */
export function kindOfCode(code = ""): ClientErrorKind {
  const known = CODE_KINDS.get(code);
  if (known !== undefined) return known;
  if (code.startsWith("LK-2")) return "invalid-input";
  return code.startsWith("LK-5") ? "gateway" : "upstream";
}
