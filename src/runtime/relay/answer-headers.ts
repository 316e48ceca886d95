import { formatUsd } from "../../kernel/money.ts";
import type { Call } from "../call.ts";

const JSON_TYPE = "application/json";

/**
 * Headers that every answer to an identified call carries. `preset` is shared and not changed; its content type
 * is JSON, the commonest one.
 */
export function answerHeaders(call: Call, preset: Headers, contentType: string): Headers {
  const headers = new Headers(preset);
  if (contentType !== JSON_TYPE) headers.set("content-type", contentType);
  headers.set("x-request-id", call.requestId);
  if (call.dropped.length > 0) headers.set("x-latchkey-dropped", call.dropped.join(", "));
  if (call.costNanoUsd !== undefined) headers.set("x-latchkey-cost", formatUsd(call.costNanoUsd));
  return headers;
}
