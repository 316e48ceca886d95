import type { VendorError, VendorErrorKind } from "../../canonical/vendor-error.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import type { HeaderReader, IngressError } from "../dialect.ts";
import { errorWords, hasErrorMessage } from "../error-words.ts";
import { isGoogleError, readError as readGoogleError } from "../gemini/error.ts";
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
 * `{"error":{"message":"…","status":"…"}}`, perhaps in a list, where Google says how long to wait in its details.
 * Wire formats: https://docs.anthropic.com/en/api/errors, https://cloud.google.com/apis/design/errors#error_model
 */
export function parseError(status: number, body: Uint8Array, header?: HeaderReader): VendorError {
  const text = new TextDecoder().decode(body);
  const value = tryParseJson(text);
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const inner = isJsonObject(first) ? first["error"] : undefined;
  const error = readError(inner, errorWords(value) ?? text, status);
  const retryAfterS = status === 429 ? resetOf(header) : undefined;
  return retryAfterS === undefined ? error : { ...error, retryAfterS };
}

/** What Anthropic limits, as its headers name it. */
const LIMITS = ["requests", "tokens", "input-tokens", "output-tokens"];

/**
 * Seconds until the limits that are used up begin anew.
 * Wire format: https://docs.anthropic.com/en/api/rate-limits#response-headers
 */
function resetOf(header: HeaderReader | undefined): number | undefined {
  if (header === undefined) return undefined;
  const waits = LIMITS.filter((limit) => header(`anthropic-ratelimit-${limit}-remaining`) === "0")
    .map((limit) => Date.parse(header(`anthropic-ratelimit-${limit}-reset`) ?? "") - Date.now())
    .filter((wait) => wait > 0);
  return waits.length === 0 ? undefined : Math.ceil(Math.max(...waits) / 1000);
}

/**
 * An error's inner object, such as that of an `error` event.
 * @param otherwise words where it has none
 */
export function readError(error: unknown, otherwise: string, status = 500): VendorError {
  if (isJsonObject(error) && isGoogleError(error as JsonObject)) {
    const told = readGoogleError(error as JsonObject, status);
    return told.kind === "invalid-request" ? { ...told, kind: closerKind(told.message) } : told;
  }
  const members: Readonly<Record<string, unknown>> = isJsonObject(error) ? error : {};
  const words = typeof error === "string" ? error : members["message"];
  const message = typeof words === "string" && words !== "" ? words : otherwise.slice(0, 500) || "no message";
  const type = members["type"] ?? members["status"];
  const code = typeof type === "string" ? type : undefined;
  const byType = code !== undefined && Object.hasOwn(BY_TYPE, code) ? BY_TYPE[code] : undefined;
  const kind = kindOfDetails(members["details"]) ?? byType ?? kindOfStatus(status);
  const param = kind === "invalid-request" ? PARAM.exec(message)?.[1] : undefined;
  return {
    kind: kind === "invalid-request" ? closerKind(message) : kind,
    message,
    ...(code !== undefined && { code }),
    ...(param !== undefined && { param }),
  };
}

/** Finer codes, in `details.error_code`, that mean something else than the type they come with. */
function kindOfDetails(details: unknown): VendorErrorKind | undefined {
  const code = isJsonObject(details) ? details["error_code"] : undefined;
  if (typeof code !== "string") return undefined;
  if (/spend_limit|billing/.test(code)) return "quota";
  return code === "request_body_too_large_after_decoding" ? "too-large" : undefined;
}

/** Messages about a field begin with its path: `messages.0.content.1: …`. */
const PARAM = /^([a-z_]+(?:\.\w+)*): /;

function closerKind(message: string): VendorErrorKind {
  if (
    /prompt is too long|context (window|limit)|exceeds? the maximum (context|number of tokens)/i.test(message)
  )
    return "context-length";
  if (/content filter/i.test(message)) return "content-policy";
  return /credit balance|reached your .{0,40}usage limits/i.test(message) ? "quota" : "invalid-request";
}

/** Whether an error's body has Anthropic's shape: its clients find neither words nor type in those of other clouds. */
export function isOwnError(value: unknown): boolean {
  return isJsonObject(value) && value["type"] === "error" && hasErrorMessage(value);
}

/** Statuses that Anthropic alone has for what others say differently. */
const OWN_STATUS: Readonly<Partial<Record<VendorErrorKind, number>>> = { overloaded: 529, quota: 402 };

/**
 * Status of an error's answer: official clients tell an overload by 529 and an account that is used up by 402.
 * Source: https://docs.anthropic.com/en/api/errors
 */
export function errorStatus({ kind, status }: IngressError): number {
  return OWN_STATUS[kind] ?? status;
}

/**
 * Body of an error in Anthropic's shape. Latchkey's code stands where Anthropic keeps its own finer ones, in
 * `error.details.error_code`, which the official clients show as `errorCode`.
 */
export function renderError({
  kind,
  code,
  message,
  param,
}: IngressError): JsonObject & { readonly type: "error" } {
  const details = { error_code: code, ...(param !== undefined && { param }) };
  return { type: "error", error: { type: TYPES[kind], message, details } };
}
