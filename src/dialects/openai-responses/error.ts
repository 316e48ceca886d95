import type { VendorError, VendorErrorKind } from "../../canonical/vendor-error.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import type { HeaderReader, IngressError } from "../dialect.ts";
import { errorWords } from "../error-words.ts";
import { renderError } from "../openai-chat/error.ts";
import { resetOf, waitOf } from "../openai-chat/retry-hint.ts";
import { kindOfStatus } from "../status-kind.ts";

const BY_CODE: Readonly<Record<string, VendorErrorKind>> = {
  context_length_exceeded: "context-length",
  content_policy_violation: "content-policy",
  content_filter: "content-policy",
  invalid_prompt: "content-policy",
  bio_policy: "content-policy",
  cyber_policy: "content-policy",
  image_content_policy_violation: "content-policy",
  invalid_api_key: "authentication",
  authentication_error: "authentication",
  permission_error: "permission",
  model_not_found: "not-found",
  request_too_large: "too-large",
  rate_limit_exceeded: "rate-limit",
  rate_limit_error: "rate-limit",
  too_many_requests: "rate-limit",
  insufficient_quota: "quota",
  billing_hard_limit_reached: "quota",
  billing_not_active: "quota",
  server_is_overloaded: "overloaded",
  slow_down: "overloaded",
  vector_store_timeout: "timeout",
  invalid_request_error: "invalid-request",
  server_error: "server",
};

/**
 * Reads an error's body: `{"error":{"message","type","code","param"}}`, at some servers `{"error":"words","code"}`.
 * Wire format: https://platform.openai.com/docs/guides/error-codes
 */
export function parseError(status: number, body: Uint8Array, header?: HeaderReader): VendorError {
  const text = new TextDecoder().decode(body);
  const value = tryParseJson(text);
  const error: VendorError = isJsonObject(value)
    ? readError(value, status, (errorWords(value) ?? text).slice(0, 500))
    : { kind: kindOf(status, [], text), message: text.slice(0, 500) || "no message" };
  const retryAfterS = error.retryAfterS ?? (status === 429 ? resetOf(header) : undefined);
  return retryAfterS === undefined ? error : { ...error, retryAfterS };
}

/**
 * An error from an object that has it as its `error`, or that is one itself (`code`, `message`, `param`).
 * @param words what to say where the object has no message
 */
export function readError(value: JsonObject, status: number, words = ""): VendorError {
  const inner = value["error"];
  const members = isJsonObject(inner) ? inner : value;
  const given = typeof inner === "string" ? inner : members["message"];
  const message = typeof given === "string" && given !== "" ? given : words || "no message";
  const names = [members["code"], members["type"]].filter((name) => typeof name === "string");
  const [code] = names;
  const param = members["param"];
  const retryAfterS = waitOf(message);
  return {
    kind: kindOf(status, names, message),
    message,
    ...(code !== undefined && { code }),
    ...(typeof param === "string" && { param }),
    ...(retryAfterS !== undefined && { retryAfterS }),
  };
}

function kindOf(status: number, names: readonly string[], message: string): VendorErrorKind {
  const byStatus = kindOfStatus(status);
  for (const name of names) {
    const kind = Object.hasOwn(BY_CODE, name) ? BY_CODE[name] : undefined;
    // The type says less than a status does; only a stream has none of its own.
    if (kind !== undefined && kind !== "invalid-request" && kind !== "server") return kind;
    if (kind === "invalid-request" && status >= 500) return kindOfWords(message) ?? kind;
  }
  return kindOfWords(message) ?? byStatus;
}

/** Some servers have no codes, or answer 400 to a wrong key. */
function kindOfWords(message: string): VendorErrorKind | undefined {
  if (/context (window|length)|maximum context|prompt (is|was) too long|maximum prompt length/i.test(message))
    return "context-length";
  return /(incorrect|invalid) api key/i.test(message) ? "authentication" : undefined;
}

/**
 * Data of the event that ends a stream with an error. The reference has its members at the top; OpenAI sends them
 * inside `error`, and its SDKs throw on that form only, so both are there.
 * Wire format: https://platform.openai.com/docs/api-reference/responses-streaming/error
 */
export function errorEvent(error: IngressError, sequenceNumber: number): string {
  const { message, param = null } = error;
  const told = renderError(error);
  const { code } = told.error;
  const data = { type: "error", sequence_number: sequenceNumber, code, message, param, ...told };
  return `event: error\ndata: ${JSON.stringify(data)}\n\n`;
}
