import type { RequestRateTeller } from "../dialects/dialect.ts";
import { headerLine } from "../http/exchange.ts";
import type { RateOutcome } from "../limits/rate-table.ts";

const LIMIT = "x-ratelimit-limit-requests";
const REMAINING = "x-ratelimit-remaining-requests";
const RESET = "x-ratelimit-reset-requests";

/** Headers that say how a limit of the gateway stands. */
export const rateHeaderNames: ReadonlySet<string> = new Set([LIMIT, REMAINING, RESET]);

/**
 * Header lines that tell how a limit stands: OpenAI's, and what the caller's dialect has besides.
 * Wire format: https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers
 * @param nowMs milliseconds since 1970
 */
export function rateLines(rate: RateOutcome, nowMs: number, tellRate: RequestRateTeller | undefined): string {
  const { remaining, resetMs } = rate;
  const { limit } = rate.limit;
  let lines = `${LIMIT}: ${limit}\r\n${REMAINING}: ${remaining}\r\n${RESET}: ${spanText(resetMs)}\r\n`;
  if (tellRate === undefined) return lines;
  for (const [name, value] of tellRate({ limit, remaining, resetAtMs: nowMs + resetMs })) {
    lines += headerLine(name, value);
  }
  return lines;
}

/** A span as OpenAI writes it: `20ms`, `7.66s`, `6m0s`, `1h2m3s`. */
function spanText(ms: number): string {
  if (ms > 0 && ms < 1_000) return `${ms}ms`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / 60_000) % 60;
  const seconds = `${(ms % 60_000) / 1_000}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}
