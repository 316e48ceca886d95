import type { ChatIngress } from "../dialects/dialect.ts";
import type { LatchkeyError } from "../kernel/error.ts";
import { ingressError } from "../runtime/exchange/error-kind.ts";

/** Makes an error's body in a dialect. */
export type ErrorRenderer = ChatIngress["renderError"];

/** The answer to a caller whose request failed, in the caller's dialect. `preset` is shared and not changed. */
export function errorResponse(
  error: LatchkeyError,
  requestId: string,
  render: ErrorRenderer,
  preset?: Headers,
): Response {
  const headers = new Headers(preset);
  headers.set("content-type", "application/json");
  headers.set("x-request-id", requestId);
  headers.set("x-latchkey-error", error.code);
  // The SDKs of OpenAI and Anthropic follow this header rather than the status.
  headers.set("x-should-retry", String(error.retryable));
  if (error.status === 401) headers.set("www-authenticate", "Bearer");
  if (error.allow !== undefined) headers.set("allow", error.allow);
  if (error.retryAfterS !== undefined) headers.set("retry-after", String(error.retryAfterS));
  return new Response(JSON.stringify(render(ingressError(error))), { status: error.status, headers });
}
