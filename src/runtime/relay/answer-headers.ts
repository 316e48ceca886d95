import { headerLine } from "../../http/exchange.ts";
import { formatUsd } from "../../kernel/money.ts";
import type { Call } from "../call.ts";

/** Says that a stream is not to be kept. */
export const noCache = "cache-control: no-cache\r\n";

const JSON_TYPE = "application/json";
const JSON_LINE = headerLine("content-type", JSON_TYPE);

/**
 * Header lines that every answer to an identified call carries.
 * @param preset lines that were made beforehand
 */
export function answerHeaders(call: Call, preset: string, contentType: string): string {
  const type = contentType === JSON_TYPE ? JSON_LINE : headerLine("content-type", contentType);
  let lines = `${type}${preset}x-request-id: ${call.requestId}\r\n`;
  if (call.notices !== "") lines += call.notices;
  if (call.dropped.length > 0) lines += headerLine("x-latchkey-dropped", call.dropped.join(", "));
  if (call.changed.length > 0) lines += headerLine("x-latchkey-changed", call.changed.join(", "));
  if (call.costNanoUsd !== undefined) lines += `x-latchkey-cost: ${formatUsd(call.costNanoUsd)}\r\n`;
  return lines;
}
