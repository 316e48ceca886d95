import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type OpenRateLimit, openRateLimit } from "../../src/limits/rate-limit.ts";
import { FULL_SLOT, RateTable } from "../../src/limits/rate-table.ts";
import { BucketModel } from "./support/bucket-model.ts";
import { movedClock } from "./support/moved-clock.ts";

const limitOf = (slot: number, limit: number, windowMs: number): OpenRateLimit =>
  openRateLimit({ slot, subject: "key", limit, windowMs });

const anyLimit = fc.record({
  limit: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 10_000_000 })),
  windowMs: fc.oneof(
    fc.constantFrom(1_000, 60_000, 86_400_000),
    fc.integer({ min: 1_000, max: 31_622_400_000 }),
  ),
});
const anyTimes = fc.array(fc.oneof(fc.nat(3), fc.nat(2_000), fc.nat(90_000_000)), { maxLength: 80 });

describe("one limit", () => {
  test("lets through what a token bucket does, to the millisecond", () => {
    fc.assert(
      fc.property(anyLimit, anyTimes, ({ limit, windowMs }, steps) => {
        const clock = movedClock();
        const table = RateTable.create(clock, 2);
        const model = new BucketModel(limit, windowMs);
        for (const step of steps) {
          clock.ms += step;
          const may = model.remaining(clock.ms);
          const { waitMs, remaining, resetMs } = table.take([limitOf(1, limit, windowMs)], clock.monotonic());
          expect(waitMs === 0).toBe(may > 0);
          if (may > 0) model.take();
          expect(remaining).toBe(model.remaining(clock.ms));
          expect(resetMs).toBeGreaterThan(0);
          expect(resetMs).toBeLessThanOrEqual(windowMs);
        }
      }),
    );
  });

  test("has room after the wait that it tells, and not a millisecond before", () => {
    fc.assert(
      fc.property(
        fc.record({
          limit: fc.integer({ min: 1, max: 40 }),
          windowMs: fc.integer({ min: 1_000, max: 90_000_000 }),
        }),
        fc.nat(90_000_000),
        ({ limit, windowMs }, startMs) => {
          const take = (clock: { ms: number }, table: RateTable) =>
            table.take([limitOf(1, limit, windowMs)], clock.ms);
          const usedUp = () => {
            const clock = movedClock();
            clock.ms = 0;
            const table = RateTable.create(clock, 2);
            clock.ms = startMs;
            for (let count = 0; count < limit; count++) expect(take(clock, table).waitMs).toBe(0);
            return { clock, table, waitMs: take(clock, table).waitMs };
          };
          const early = usedUp();
          early.clock.ms += early.waitMs - 1;
          expect(take(early.clock, early.table).waitMs).toBeGreaterThan(0);
          const late = usedUp();
          late.clock.ms += late.waitMs;
          expect(take(late.clock, late.table).waitMs).toBe(0);
        },
      ),
    );
  });

  test("is the whole limit again after the reset that it tells", () => {
    const clock = movedClock();
    const table = RateTable.create(clock, 2);
    const limits = [limitOf(1, 7, 60_000)];
    for (let count = 0; count < 3; count++) table.take(limits, clock.ms);
    clock.ms += table.take(limits, clock.ms).resetMs;
    expect(table.take(limits, clock.ms).remaining).toBe(6);
  });

  test("that cannot be counted exactly is a little narrower, and never wider", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        fc.integer({ min: 1_000, max: 31_622_400_000 }),
        (limit, windowMs) => {
          const { cost, span, unitsPerMs } = limitOf(1, limit, windowMs);
          expect(span / cost).toBeLessThanOrEqual(BigInt(limit));
          // A window brings no more than the limit, either.
          expect(unitsPerMs * BigInt(windowMs)).toBeLessThanOrEqual(BigInt(limit) * cost);
          // What a slot holds after eight years still fits.
          expect(span + unitsPerMs * 2n ** 38n).toBeLessThan(2n ** 63n);
        },
      ),
    );
  });

  test("goes by time that passes, so that a clock that stands or goes back gives nothing away", () => {
    const clock = movedClock();
    const table = RateTable.create(clock, 2);
    clock.ms = 60_000;
    const limits = [limitOf(1, 2, 60_000)];
    const waits = [60_000, 60_000, 60_000, 30_000, 0, -5].map((ms) => table.take(limits, ms).waitMs > 0);
    expect(waits).toEqual([false, false, true, true, true, true]);
  });

  test("that has no slot lets nothing through", () => {
    const clock = movedClock();
    const table = RateTable.create(clock, 2);
    clock.ms = 31_622_400_000;
    expect(table.take([limitOf(FULL_SLOT, 100, 60_000)], clock.ms)).toMatchObject({
      remaining: 0,
      waitMs: 60_000,
      resetMs: 60_000,
    });
  });
});

describe("several limits", () => {
  test("all have to have room, and those that had lose nothing by one that had not", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ limit: fc.integer({ min: 1, max: 9 }), windowMs: fc.constantFrom(1_000, 60_000) }),
          {
            minLength: 1,
            maxLength: 5,
          },
        ),
        fc.array(fc.nat(20_000), { maxLength: 60 }),
        (rows, steps) => {
          const clock = movedClock();
          const table = RateTable.create(clock, 6);
          const limits = rows.map(({ limit, windowMs }, at) => limitOf(at + 1, limit, windowMs));
          const models = rows.map(({ limit, windowMs }) => new BucketModel(limit, windowMs));
          for (const step of steps) {
            clock.ms += step;
            const may = Math.min(...models.map((model) => model.remaining(clock.ms)));
            const { waitMs, remaining } = table.take(limits, clock.ms);
            expect(waitMs === 0).toBe(may > 0);
            if (may > 0) for (const model of models) model.take();
            expect(remaining).toBe(Math.max(0, may - 1));
          }
        },
      ),
    );
  });

  test("tell of the one with the fewest left, and when refused of the one that takes longest", () => {
    const clock = movedClock();
    const table = RateTable.create(clock, 3);
    const minute = limitOf(1, 2, 60_000);
    const hour = limitOf(2, 2, 3_600_000);
    expect(table.take([minute, hour], 0).limit).toEqual(hour);
    expect(table.take([hour, minute], 0)).toMatchObject({ limit: hour, remaining: 0, resetMs: 3_600_000 });
    expect(table.take([minute, hour], 0)).toMatchObject({ limit: hour, remaining: 0, waitMs: 1_800_000 });
  });
});
