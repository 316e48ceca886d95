import type { VendorError } from "../../canonical/vendor-error.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import type { IngressError } from "../dialect.ts";
import { errorKind } from "./error-kind.ts";

/**
 * Error body in OpenAI's shape; `code` is Latchkey's.
 * Wire format: https://platform.openai.com/docs/guides/error-codes
 */
export function renderError({ message, status, param, code }: IngressError): JsonObject {
  return { error: { message, type: errorType(status), param: param ?? null, code } };
}

/** OpenAI's `type` for a status. */
function errorType(status: number): string {
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
export function parseError(status: number, body: Uint8Array): VendorError {
  const text = new TextDecoder().decode(body);
  const value = tryParseJson(text);
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const found = isJsonObject(first) ? readError(first, status) : undefined;
  if (found !== undefined) return found;
  const message = text.trim().slice(0, MAX_BODY_WORDS) || "no message";
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
  return {
    kind: errorKind(meant, [code, type].filter(isWord).join(" "), words),
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

/** Seconds to wait, in words such as `Please try again in 1m2.5s`. */
function waitOf(message: string): number | undefined {
  const [, minutes, seconds, ms] =
    /try again in (?:(\d{1,4})m(?!s))?\s?(?:(\d{1,6}(?:\.\d+)?)s)?(?:(\d{1,6})ms)?/i.exec(message) ?? [];
  if (minutes === undefined && seconds === undefined && ms === undefined) return undefined;
  return Math.ceil(Number(minutes ?? 0) * 60 + Number(seconds ?? 0) + Number(ms ?? 0) / 1_000);
}
