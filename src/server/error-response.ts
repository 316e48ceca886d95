import { chatErrorBody } from "../dialects/openai-chat/error.ts";
import { errorTable } from "../kernel/codes.ts";
import type { LatchkeyError } from "../kernel/error.ts";

/** The answer to a caller whose request failed, in OpenAI's error shape. `preset` is shared and not changed. */
export function errorResponse(error: LatchkeyError, requestId: string, preset?: Headers): Response {
  const headers = new Headers(preset);
  headers.set("content-type", "application/json");
  headers.set("x-request-id", requestId);
  headers.set("x-latchkey-error", error.code);
  // OpenAI's SDKs follow this header rather than the status.
  headers.set("x-should-retry", String(error.retryable));
  if (error.status === 401) headers.set("www-authenticate", "Bearer");
  if (error.allow !== undefined) headers.set("allow", error.allow);
  if (error.retryAfterS !== undefined) headers.set("retry-after", String(error.retryAfterS));
  return new Response(chatErrorBody(error, errorTable[error.code].help), { status: error.status, headers });
}
