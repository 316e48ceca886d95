import type { VendorError, VendorErrorKind } from "../../canonical/vendor-error.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import type { IngressError } from "../dialect.ts";
import { errorWords } from "../error-words.ts";

const KINDS: Readonly<Record<string, VendorErrorKind>> = {
  INVALID_ARGUMENT: "invalid-request",
  OUT_OF_RANGE: "invalid-request",
  // Files that are not ready, above all; see `refine` for the others.
  FAILED_PRECONDITION: "invalid-request",
  UNAUTHENTICATED: "authentication",
  PERMISSION_DENIED: "permission",
  NOT_FOUND: "not-found",
  RESOURCE_EXHAUSTED: "rate-limit",
  UNAVAILABLE: "overloaded",
  DEADLINE_EXCEEDED: "timeout",
  CANCELLED: "timeout",
  INTERNAL: "server",
  UNKNOWN: "server",
};

const BY_STATUS: Readonly<Record<number, VendorErrorKind>> = {
  401: "authentication",
  402: "quota",
  403: "permission",
  404: "not-found",
  408: "timeout",
  413: "too-large",
  429: "rate-limit",
  503: "overloaded",
  504: "timeout",
};

const NAMES: Readonly<Record<number, string>> = {
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  408: "DEADLINE_EXCEEDED",
  410: "NOT_FOUND",
  429: "RESOURCE_EXHAUSTED",
  499: "CANCELLED",
  500: "INTERNAL",
  501: "UNIMPLEMENTED",
  502: "UNAVAILABLE",
  503: "UNAVAILABLE",
  504: "DEADLINE_EXCEEDED",
};

const DETAIL = "type.googleapis.com/google.rpc.";

/**
 * Reads an error's body: `{"error":{code,message,status,details}}`, in streams without `alt=sse` inside an array.
 * Wire format: https://cloud.google.com/apis/design/errors#error_model
 */
export function parseError(status: number, body: Uint8Array): VendorError {
  // With `alt=sse` it may come as an event.
  const text = new TextDecoder().decode(body).replace(/^data:/, "");
  const value = tryParseJson(text);
  const [first] = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  const error = isJsonObject(first) ? first["error"] : undefined;
  if (isJsonObject(error)) return readError(error as JsonObject, status);
  const message = (errorWords(value) ?? text.trim()).slice(0, 500);
  return { kind: kindOf("", status), message: message === "" ? "no message" : message };
}

/** Whether the value of `error` has Google's shape, as whatever stands on Google Cloud may answer. */
export function isGoogleError({ code, status, type }: JsonObject): boolean {
  return typeof code === "number" && typeof status === "string" && NAME.test(status) && type === undefined;
}

/** Names of Google's statuses, such as `RESOURCE_EXHAUSTED`. */
const NAME = /^[A-Z]+(?:_[A-Z]+)*$/;

/** Reads the value of `error`, from an answer or from the middle of a stream. */
export function readError(error: JsonObject, status = 500): VendorError {
  const { message, status: name, code } = error;
  const words = typeof message === "string" && message !== "" ? message : "no message";
  const details = detailsOf(error);
  const retryAfterS = retryDelay(details);
  const param = violatedField(details);
  const known = typeof name === "string" ? name : "";
  return {
    kind: refine(kindOf(known, typeof code === "number" ? code : status), words, details),
    message: words,
    ...(known !== "" && { code: known }),
    ...(param !== undefined && { param }),
    ...(retryAfterS !== undefined && { retryAfterS }),
  };
}

/** An error in Google's words. */
export function renderError({ status, code, message, param, retryAfterS }: IngressError): JsonObject {
  const info = { "@type": `${DETAIL}ErrorInfo`, reason: code, domain: "latchkey" };
  const violation = {
    "@type": `${DETAIL}BadRequest`,
    fieldViolations: [{ field: param, description: message }],
  };
  const wait = { "@type": `${DETAIL}RetryInfo`, retryDelay: `${retryAfterS}s` };
  const name = Object.hasOwn(NAMES, status) ? NAMES[status] : undefined;
  return {
    error: {
      code: status,
      message,
      status: name ?? (status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT"),
      details: [
        info,
        ...(param === undefined ? [] : [violation]),
        ...(retryAfterS === undefined ? [] : [wait]),
      ],
    },
  };
}

function kindOf(name: string, status: number): VendorErrorKind {
  const known = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  return known ?? BY_STATUS[status] ?? (status >= 500 ? "server" : "invalid-request");
}

function refine(kind: VendorErrorKind, message: string, details: readonly JsonObject[]): VendorErrorKind {
  if (kind === "invalid-request") {
    // A wrong key is a malformed request to Google AI Studio.
    if (details.some(({ reason }) => reason === "API_KEY_INVALID")) return "authentication";
    if (/token count.*exceeds|exceeds the maximum number of tokens|context (window|length)/i.test(message))
      return "context-length";
    if (/payload size exceeds|request size exceeds/i.test(message)) return "too-large";
    // The gateway's project has no bill, or its country no service: https://ai.google.dev/gemini-api/docs/api-errors
    if (/enable billing|location is not supported|not available in your (country|region)/i.test(message))
      return "permission";
    // https://cloud.google.com/vertex-ai/generative-ai/docs/image/responsible-ai-imagen
    if (/responsible ai|usage guidelines|sensitive words/i.test(message)) return "content-policy";
  }
  // A day's allowance and paid credit do not come back in a moment.
  const isUsedUp =
    JSON.stringify(details).includes("PerDay") || /credits are depleted|spending cap/i.test(message);
  return kind === "rate-limit" && isUsedUp ? "quota" : kind;
}

function detailsOf({ details }: JsonObject): readonly JsonObject[] {
  return Array.isArray(details) ? (details as readonly unknown[]).filter(isObject) : [];
}

/** `retryDelay` is a number of seconds with an `s`, such as `48s` or `0.5s`. */
function retryDelay(details: readonly JsonObject[]): number | undefined {
  for (const { retryDelay: delay } of details) {
    const [, seconds] = typeof delay === "string" ? (/^(\d{1,9}(?:\.\d+)?)s$/.exec(delay) ?? []) : [];
    if (seconds !== undefined) return Math.ceil(Number(seconds));
  }
  return undefined;
}

function violatedField(details: readonly JsonObject[]): string | undefined {
  for (const { fieldViolations } of details) {
    const [first] = Array.isArray(fieldViolations) ? (fieldViolations as readonly unknown[]) : [];
    if (isJsonObject(first) && typeof first["field"] === "string" && first["field"] !== "")
      return first["field"];
  }
  return undefined;
}

function isObject(value: unknown): value is JsonObject {
  return isJsonObject(value);
}
