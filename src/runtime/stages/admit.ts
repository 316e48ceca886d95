import type { RequestRateTeller } from "../../dialects/dialect.ts";
import { formatDuration } from "../../kernel/duration.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { OpenRateLimit } from "../../limits/rate-limit.ts";
import type { RateTable } from "../../limits/rate-table.ts";
import type { Call } from "../call.ts";
import { rateLines } from "../rate-lines.ts";

/**
 * Counts a call under the limits of its key, all of which have to have room. Whatever the answer is, it tells how the
 * tightest of them stands.
 * @param limits at least one
 * @throws LatchkeyError LK-2201
 */
export function admit(
  call: Call,
  limits: readonly OpenRateLimit[],
  rates: RateTable,
  tellRate: RequestRateTeller | undefined,
): void {
  const rate = rates.take(limits, call.startedMs);
  call.rate = rate;
  call.notices += rateLines(rate, call.time, tellRate);
  if (rate.waitMs === 0) return;
  const { subject, limit, windowMs } = rate.limit;
  const allowed = `${limit} ${limit === 1 ? "request" : "requests"} in ${formatDuration(windowMs)}`;
  throw new LatchkeyError("LK-2201", `This ${subject} may make ${allowed}.`, {
    retryAfterS: Math.ceil(rate.waitMs / 1_000),
    internal: `the ${subject} has used up its ${allowed}`,
  });
}
