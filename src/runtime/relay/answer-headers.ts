import { formatUsd } from "../../kernel/money.ts";
import type { Call } from "../call.ts";

/** Headers that every answer to an identified call carries; `preset` is shared and not changed. */
export function answerHeaders(call: Call, preset: Headers, contentType: string): Headers {
  const headers = new Headers(preset);
  headers.set("content-type", contentType);
  headers.set("x-request-id", call.requestId);
  if (call.costNanoUsd !== undefined) headers.set("x-latchkey-cost", formatUsd(call.costNanoUsd));
  return headers;
}
