import type { ChatIngress } from "../dialects/dialect.ts";
import { headerLine, type Reply } from "../http/exchange.ts";
import type { LatchkeyError } from "../kernel/error.ts";
import { ingressError } from "../runtime/exchange/error-kind.ts";
import type { ErrorResponder } from "../runtime/pipeline.ts";

/** How a dialect tells errors and limits: their body, and their status and headers where it has its own. */
export type ErrorTeller = Pick<ChatIngress, "renderError" | "errorStatus" | "tellRate">;

const encoder = new TextEncoder();

/** Answers errors of calls in a dialect. */
export function errorResponder(teller: ErrorTeller): ErrorResponder {
  return (error, call) => errorReply(error, call.requestId, teller, call.tables.headers + call.notices);
}

/**
 * The answer to a caller whose request failed, in the caller's dialect.
 * @param preset header lines that every answer carries
 */
function errorReply(error: LatchkeyError, requestId: string, teller: ErrorTeller, preset: string): Reply {
  const told = ingressError(error, requestId);
  const status = teller.errorStatus?.(told) ?? error.status;
  let headers = `content-type: application/json\r\n${preset}x-request-id: ${requestId}\r\n`;
  headers += `x-latchkey-error: ${error.code}\r\n`;
  // The SDKs of OpenAI and Anthropic follow this header rather than the status.
  headers += `x-should-retry: ${error.retryable}\r\n`;
  if (status === 401) headers += "www-authenticate: Bearer\r\n";
  if (error.status === 426) headers += "upgrade: websocket\r\nsec-websocket-version: 13\r\n";
  if (error.allow !== undefined) headers += headerLine("allow", error.allow);
  if (error.link !== undefined) headers += headerLine("link", error.link);
  if (error.retryAfterS !== undefined) headers += `retry-after: ${error.retryAfterS}\r\n`;
  return { status, headers, body: encoder.encode(JSON.stringify(teller.renderError(told))) };
}
