import type { LatchkeyError } from "../../kernel/error.ts";
import { isJsonObject, tryParseJson } from "../../kernel/json.ts";

/**
 * Error body in OpenAI's shape; `code` is Latchkey's.
 * Wire format: https://platform.openai.com/docs/guides/error-codes
 */
export function chatErrorBody(error: LatchkeyError, help: string): string {
  return JSON.stringify({
    error: {
      message: `${error.message} ${help}`,
      type: errorType(error.status),
      param: error.param ?? null,
      code: error.code,
    },
  });
}

/** OpenAI's `type` for a status. */
function errorType(status: number): string {
  if (status === 401) return "authentication_error";
  if (status === 403) return "permission_error";
  if (status === 429) return "rate_limit_error";
  return status >= 500 ? "server_error" : "invalid_request_error";
}

/** The vendor's words in an error body of OpenAI's shape; `undefined` where the body is no such thing. */
export function readUpstreamError(body: Uint8Array): { readonly message: string } | undefined {
  const parsed = tryParseJson(new TextDecoder().decode(body));
  if (!isJsonObject(parsed)) return undefined;
  const { error } = parsed;
  if (typeof error === "string") return { message: error };
  if (isJsonObject(error) && typeof error["message"] === "string") return { message: error["message"] };
  return undefined;
}
