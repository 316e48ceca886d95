import type { VendorError, VendorErrorKind } from "../../canonical/vendor-error.ts";
import { isJsonObject, tryParseJson } from "../../kernel/json.ts";
import { kindOfStatus } from "../status-kind.ts";

/** 498: a token of the request is on Cohere's list of what must not be asked. */
const OWN_STATUS: Readonly<Record<number, VendorErrorKind>> = { 498: "content-policy", 499: "timeout" };

/**
 * Reads an error: `{"id":"…","message":"…"}`, now and then with an `error_type`.
 * Wire format: https://docs.cohere.com/reference/errors
 */
export function parseError(status: number, body: Uint8Array): VendorError {
  const text = new TextDecoder().decode(body);
  const value = tryParseJson(text);
  const members = isJsonObject(value) ? value : {};
  const words = members["message"] ?? members["error"];
  const type = members["error_type"];
  const message = typeof words === "string" && words !== "" ? words : text.slice(0, 500) || "no message";
  return { kind: kindOf(status, message, type), message, ...(typeof type === "string" && { code: type }) };
}

function kindOf(status: number, message: string, type: unknown): VendorErrorKind {
  if (type === "TOO_MANY_TOKENS" || /^too many tokens|maximum context length/i.test(message))
    return "context-length";
  // Trial keys have a number of calls a month, which no waiting brings back soon.
  if (status === 429 && /month/i.test(message)) return "quota";
  return kindOfStatus(status, OWN_STATUS);
}
