import type { VendorError, VendorErrorKind } from "../../canonical/vendor-error.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import type { IngressError } from "../dialect.ts";
import { kindOfStatus } from "../status-kind.ts";

const BY_TYPE: Readonly<Record<string, VendorErrorKind>> = {
  invalid_request_error: "invalid-request",
  authentication_error: "authentication",
  permission_error: "permission",
  billing_error: "quota",
  not_found_error: "not-found",
  request_too_large: "too-large",
  rate_limit_error: "rate-limit",
  timeout_error: "timeout",
  api_error: "server",
  overloaded_error: "overloaded",
};

const TYPES: Readonly<Record<VendorErrorKind, string>> = {
  "invalid-request": "invalid_request_error",
  "context-length": "invalid_request_error",
  "content-policy": "invalid_request_error",
  authentication: "authentication_error",
  permission: "permission_error",
  "not-found": "not_found_error",
  "too-large": "request_too_large",
  "rate-limit": "rate_limit_error",
  quota: "billing_error",
  overloaded: "overloaded_error",
  timeout: "timeout_error",
  server: "api_error",
};

/**
 * Reads an error: `{"type":"error","error":{"type":"…","message":"…"}}`; on other clouds also theirs,
 * `{"error":{"message":"…","status":"…"}}`, perhaps in a list.
 * Wire format: https://docs.anthropic.com/en/api/errors
 */
export function parseError(status: number, body: Uint8Array): VendorError {
  const text = new TextDecoder().decode(body);
  const value = tryParseJson(text);
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const error = isJsonObject(first) ? first["error"] : undefined;
  return readError(error, text, status);
}

/**
 * An error's inner object, such as that of an `error` event.
 * @param otherwise words where it has none
 */
export function readError(error: unknown, otherwise: string, status = 500): VendorError {
  const members: Readonly<Record<string, unknown>> = isJsonObject(error) ? error : {};
  const words = typeof error === "string" ? error : members["message"];
  const message = typeof words === "string" && words !== "" ? words : otherwise.slice(0, 500) || "no message";
  const type = members["type"] ?? members["status"];
  const code = typeof type === "string" ? type : undefined;
  const byType = code !== undefined && Object.hasOwn(BY_TYPE, code) ? BY_TYPE[code] : undefined;
  const kind = byType ?? kindOfStatus(status);
  const param = kind === "invalid-request" ? PARAM.exec(message)?.[1] : undefined;
  return {
    kind: kind === "invalid-request" ? closerKind(message) : kind,
    message,
    ...(code !== undefined && { code }),
    ...(param !== undefined && { param }),
  };
}

/** Messages about a field begin with its path: `messages.0.content.1: …`. */
const PARAM = /^([a-z_]+(?:\.\w+)*): /;

function closerKind(message: string): VendorErrorKind {
  if (
    /prompt is too long|context (window|limit)|exceeds? the maximum (context|number of tokens)/i.test(message)
  )
    return "context-length";
  if (/content filter/i.test(message)) return "content-policy";
  return /credit balance/i.test(message) ? "quota" : "invalid-request";
}

/**
 * Body of an error in Anthropic's shape. Latchkey's code stands where Anthropic keeps its own finer ones, in
 * `error.details.error_code`, which the official clients show as `errorCode`.
 */
export function renderError({
  kind,
  status,
  code,
  message,
  param,
}: IngressError): JsonObject & { readonly type: "error" } {
  const type = kind === "quota" && status === 429 ? "rate_limit_error" : TYPES[kind];
  const details = { error_code: code, ...(param !== undefined && { param }) };
  return { type: "error", error: { type, message, details } };
}
