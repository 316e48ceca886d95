import type { VendorError, VendorErrorKind } from "../../canonical/vendor-error.ts";
import { isJsonObject, tryParseJson } from "../../kernel/json.ts";

const KINDS: Readonly<Record<number, VendorErrorKind>> = {
  400: "invalid-request",
  401: "authentication",
  403: "permission",
  404: "not-found",
  413: "too-large",
  429: "rate-limit",
  503: "overloaded",
  504: "timeout",
};

/** Reads an error: `{"error":"words"}`, or an object in its place. Wire format: https://docs.ollama.com/api/errors */
export function parseError(status: number, body: Uint8Array): VendorError {
  const text = new TextDecoder().decode(body);
  const value = tryParseJson(text);
  const message =
    (isJsonObject(value) ? wordsOf(value["error"]) : undefined) ?? (text.slice(0, 500) || "no message");
  return { kind: kindOf(status, message), message };
}

/** An error in the middle of a stream, which has words only. */
export function streamError(message: string): VendorError {
  return { kind: kindOf(500, message), message };
}

/** The words of an `error` member, wherever it stands. */
export function wordsOf(error: unknown): string | undefined {
  const words = isJsonObject(error) ? error["message"] : error;
  return typeof words === "string" && words !== "" ? words : undefined;
}

function kindOf(status: number, message: string): VendorErrorKind {
  if (/context (length|window)|exceeds the (available )?context|prompt (is )?too long/i.test(message))
    return "context-length";
  if (status === 500 && /server (is )?busy|overloaded/i.test(message)) return "overloaded";
  return KINDS[status] ?? (status >= 500 ? "server" : "invalid-request");
}
