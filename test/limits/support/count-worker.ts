import { systemClock } from "../../../src/kernel/clock.ts";
import type { OpenRateLimit } from "../../../src/limits/rate-limit.ts";
import { RateTable, type SharedRates } from "../../../src/limits/rate-table.ts";

declare const self: Worker;

/** What a thread is to do: as many requests as it is told, as fast as it can. */
export interface CountTask {
  readonly rates: SharedRates;
  readonly limits: readonly OpenRateLimit[];
  readonly requests: number;
}

self.onmessage = ({ data: { rates, limits, requests } }: MessageEvent<CountTask>) => {
  const table = RateTable.join(rates, systemClock);
  let through = 0;
  for (let count = 0; count < requests; count++) {
    if (table.take(limits, systemClock.monotonic()).waitMs === 0) through++;
  }
  self.postMessage(through);
};
