import type { VendorError, VendorErrorKind } from "../../canonical/vendor-error.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import type { HeaderReader, IngressError } from "../dialect.ts";
import { errorWords } from "../error-words.ts";
import { isGoogleError, readError as readGoogleError } from "../gemini/error.ts";
import { errorKind } from "./error-kind.ts";
import { resetOf, waitOf } from "./retry-hint.ts";

/**
 * What OpenAI calls the failures that programs look for; for all others its codes say nothing or are many. Which one a
 * filter gives differs from API to API: this is the one that OpenAI's own answers have.
 */
const NAMES: Readonly<Partial<Record<VendorErrorKind, string>>> = {
  "context-length": "context_length_exceeded",
  "content-policy": "content_policy_violation",
  "not-found": "model_not_found",
  "rate-limit": "rate_limit_exceeded",
  quota: "insufficient_quota",
};

/**
 * Error body in OpenAI's shape; `code` is OpenAI's for a vendor's failure that has one, otherwise Latchkey's.
 * Wire format: https://platform.openai.com/docs/guides/error-codes
 */
export function renderError({ message, status, param, code, kind, isVendors }: IngressError): {
  readonly error: JsonObject & { readonly code: string };
} {
  const name = isVendors ? NAMES[kind] : undefined;
  return { error: { message, type: errorType(status, kind), param: param ?? null, code: name ?? code } };
}

/** OpenAI's `type`, which goes by the status but for accounts that are used up. */
function errorType(status: number, kind: VendorErrorKind): string {
  if (kind === "quota") return "insufficient_quota";
  if (status === 401) return "authentication_error";
  if (status === 403) return "permission_error";
  if (status === 429) return "rate_limit_error";
  return status >= 500 ? "server_error" : "invalid_request_error";
}

/** Characters of a body that is no error of a known shape which stand for the message. */
const MAX_BODY_WORDS = 500;

/**
 * Reads a vendor's error. OpenAI keeps it in `error`; others send the words alone, `detail`, a list of `errors`, or the
 * error without anything around it.
 */
export function parseError(status: number, body: Uint8Array, header?: HeaderReader): VendorError {
  const text = new TextDecoder().decode(body);
  const value = tryParseJson(text);
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const found = isJsonObject(first) ? readError(first, status) : undefined;
  const words = errorWords(value) ?? text.trim();
  const error = found ?? plainError(status, words.slice(0, MAX_BODY_WORDS) || "no message");
  const retryAfterS = error.retryAfterS ?? (status === 429 ? resetOf(header) : undefined);
  return retryAfterS === undefined ? error : { ...error, retryAfterS };
}

function plainError(status: number, message: string): VendorError {
  return { kind: errorKind(status, undefined, message), message };
}

/** The error in a chunk of a stream or in an answer of status 200; `undefined` where it has none. */
export function readEmbeddedError(members: JsonObject): VendorError | undefined {
  const { error, choices, object } = members;
  const isError = object === "error" && !Array.isArray(choices);
  if (!isError && (error === undefined || error === null)) return undefined;
  return readError(members, 500) ?? { kind: "server", message: "unknown error" };
}

function readError(members: Readonly<Record<string, unknown>>, status: number): VendorError | undefined {
  const { error, detail, errors } = members;
  if (typeof error === "string" && error !== "") return describe({ ...members, message: error }, status);
  // Open models on Google Cloud speak this dialect and answer errors in Google's.
  if (isJsonObject(error) && isGoogleError(error as JsonObject))
    return readGoogle(error as JsonObject, status);
  if (isJsonObject(error)) return describe(error, status);
  if (typeof detail === "string") return describe({ message: detail }, status);
  // Validation errors of FastAPI, and lists of errors, of which the first one says enough.
  const list: unknown = Array.isArray(detail) ? detail : errors;
  if (Array.isArray(list) && isJsonObject(list[0])) {
    const [{ msg, message, loc, code }] = list as [Readonly<Record<string, unknown>>];
    const param = Array.isArray(loc)
      ? loc.filter((step) => isWord(step) && step !== "body").join(".")
      : undefined;
    return describe({ message: message ?? msg, code, param }, status);
  }
  return typeof members["message"] === "string" ? describe(members, status) : undefined;
}

function readGoogle(error: JsonObject, status: number): VendorError {
  const told = readGoogleError(error, status);
  return told.kind === "invalid-request" ? { ...told, kind: errorKind(400, undefined, told.message) } : told;
}

function describe(error: Readonly<Record<string, unknown>>, status: number): VendorError {
  const { message, code, type, param, metadata } = error;
  const raw = isJsonObject(metadata) ? metadata["raw"] : undefined;
  const said = typeof message === "string" && message !== "" ? message : "no message";
  // Routers keep the words of the vendor behind them apart.
  const words = typeof raw === "string" && raw !== "" ? `${said}: ${raw.slice(0, MAX_BODY_WORDS)}` : said;
  const name = [code, type].find((value): value is string => typeof value === "string" && value !== "");
  // A stream has no status of its own, so that a number in its error stands for one.
  const meant = status === 500 && typeof code === "number" && code >= 400 && code < 600 ? code : status;
  const retryAfterS = waitOf(words);
  // Routers say what a filter has found beside its words: https://openrouter.ai/docs/api-reference/errors
  const isFlagged = isJsonObject(metadata) && Array.isArray(metadata["reasons"]);
  return {
    kind: isFlagged ? "content-policy" : errorKind(meant, [code, type].filter(isWord).join(" "), words),
    message: words,
    ...(name !== undefined && { code: name }),
    ...(typeof param === "string" && param !== "" && { param }),
    ...(retryAfterS !== undefined && { retryAfterS }),
  };
}

/** Whether a value can be put into a text: an object may have a `toString` that is none. */
function isWord(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}
