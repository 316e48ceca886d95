import { describe, expect, test } from "bun:test";
import { systemClock } from "../../src/kernel/clock.ts";
import { type OpenRateLimit, openRateLimit } from "../../src/limits/rate-limit.ts";
import { RateTable } from "../../src/limits/rate-table.ts";
import type { CountTask } from "./support/count-worker.ts";
import { movedClock } from "./support/moved-clock.ts";

/** So long that nothing comes back while a test runs. */
const WINDOW_MS = 31_622_400_000;

const limitOf = (slot: number, limit: number): OpenRateLimit =>
  openRateLimit({ slot, subject: "tenant", limit, windowMs: WINDOW_MS });

/** Has as many threads as there are lists of limits count at once. Answers what each of them let through. */
async function countInThreads(
  table: RateTable,
  tasks: readonly (readonly OpenRateLimit[])[],
  requests: number,
): Promise<readonly number[]> {
  return Promise.all(
    tasks.map(async (limits) => {
      const worker = new Worker(new URL("./support/count-worker.ts", import.meta.url));
      try {
        const { promise, resolve, reject } = Promise.withResolvers<number>();
        worker.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage({ rates: table.share(), limits, requests } satisfies CountTask);
        return await promise;
      } finally {
        worker.terminate();
      }
    }),
  );
}

const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);

describe("threads that count at once", () => {
  test("let exactly as many through as the limit says", async () => {
    const table = RateTable.create(systemClock, 2);
    const limit = limitOf(1, 50_000);
    expect(sum(await countInThreads(table, [[limit], [limit], [limit]], 30_000))).toBe(50_000);
    expect(table.take([limit], systemClock.monotonic())).toMatchObject({ remaining: 0 });
  });

  test("never let more through than any of their limits says", async () => {
    const table = RateTable.create(systemClock, 4);
    const [shared, first, second] = [limitOf(1, 20_000), limitOf(2, 15_000), limitOf(3, 25_000)];
    const counts = await countInThreads(
      table,
      [
        [first, shared],
        [second, shared],
      ],
      30_000,
    );
    expect(counts[0]).toBeLessThanOrEqual(15_000);
    expect(sum(counts)).toBe(20_000);
  });
});

describe("a thread that joins", () => {
  test("has the time of the table, however late its own clock began", () => {
    const mine = movedClock();
    mine.ms = 5_000;
    const table = RateTable.create(mine, 2);
    mine.ms += 1_000;
    const shared = table.share();
    // Began 900 ms ago; the way here took 30 ms.
    const theirs = { now: () => mine.now() + 30, monotonic: () => 900 };
    const joined = RateTable.join(shared, theirs);
    const limit = openRateLimit({ slot: 1, subject: "key", limit: 1, windowMs: 2_000 });
    expect(table.take([limit], mine.ms).waitMs).toBe(0);
    expect(joined.take([limit], 900).waitMs).toBe(1_970);
    expect(joined.take([limit], 900 + 1_969).waitMs).toBe(1);
    expect(joined.take([limit], 900 + 1_970).waitMs).toBe(0);
  });
});
