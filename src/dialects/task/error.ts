import type { VendorError, VendorErrorKind } from "../../canonical/vendor-error.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import type { IngressError } from "../dialect.ts";

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
  529: "overloaded",
};

const POLICY = /content[_ ]policy|moderation_blocked|safety|responsible ai|content filter/i;

/** Characters of a body that is no JSON which are kept as its message. */
const MAX_TEXT = 500;

/**
 * Reads an error's body, in any of the shapes of vendors of these APIs: OpenAI's `{error: {message, type, code,
 * param}}` (https://platform.openai.com/docs/guides/error-codes), Google's `{error: {message, status}}`, Mistral's
 * and Cohere's `{message}`, FastAPI's `{detail}`, Hugging Face's `{error: "…"}`.
 */
export function parseTaskError(status: number, body: Uint8Array): VendorError {
  const text = new TextDecoder().decode(body);
  const value = tryParseJson(text);
  if (!isJsonObject(value)) return describe(status, {}, text.slice(0, MAX_TEXT));
  const inner = value["error"] ?? value["detail"];
  const members = isJsonObject(inner) ? inner : (value as JsonObject);
  return describe(status, members, messageOf(inner, members) ?? text.slice(0, MAX_TEXT));
}

/** An error by the members that say more of it. */
export function describe(status: number, members: JsonObject, message: string): VendorError {
  const { code, type, status: word, param } = members;
  const named = [code, type, word].find((name) => typeof name === "string" && name !== "");
  const name = typeof named === "string" ? named : undefined;
  return {
    kind: kindOf(status, name, message),
    message: message === "" ? "no message" : message,
    ...(name !== undefined && { code: name }),
    ...(typeof param === "string" && { param }),
  };
}

function messageOf(inner: unknown, members: JsonObject): string | undefined {
  if (typeof inner === "string") return inner;
  // FastAPI lists what is wrong with which field.
  if (Array.isArray(inner)) return JSON.stringify(inner).slice(0, MAX_TEXT);
  const { message, Message, error } = members;
  for (const given of [message, Message, error]) {
    if (typeof given === "string") return given;
    if (isJsonObject(given)) return JSON.stringify(given).slice(0, MAX_TEXT);
  }
  return undefined;
}

function kindOf(status: number, name: string | undefined, message: string): VendorErrorKind {
  // Filters of vendors tell themselves by a code; in words only where nothing else is wrong.
  if (POLICY.test(name ?? "") || (status === 400 && POLICY.test(message))) return "content-policy";
  if (name === "insufficient_quota" || name === "billing_hard_limit_reached") return "quota";
  return BY_STATUS[status] ?? (status >= 500 ? "server" : "invalid-request");
}

/**
 * Body of an error's answer in OpenAI's shape; `code` is Latchkey's.
 * Wire format: https://platform.openai.com/docs/guides/error-codes
 */
export function renderTaskError({ status, code, message, param }: IngressError): JsonObject {
  return { error: { message, type: errorType(status), param: param ?? null, code } };
}

/** An error inside of a stream: OpenAI's clients throw at an event whose data has a member `error`. */
export function renderStreamError(error: IngressError): string {
  return `event: error\ndata: ${JSON.stringify({ type: "error", ...renderTaskError(error) })}\n\n`;
}

function errorType(status: number): string {
  if (status === 401) return "authentication_error";
  if (status === 403) return "permission_error";
  if (status === 429) return "rate_limit_error";
  return status >= 500 ? "server_error" : "invalid_request_error";
}
