import type { Clock } from "../kernel/clock.ts";
import type { OpenRateLimit } from "./rate-limit.ts";

/** Slots of a table, the first of which lets nothing through. Pages that nobody touches cost nothing. */
export const RATE_SLOTS = 1_048_576;

/** Slot of limits for which there was none left: it never has room. */
export const FULL_SLOT = 0;

/** Largest number in a slot, which no time reaches. */
const NEVER = 2n ** 63n - 1n;

/** What another thread needs to count in the same table. */
export interface SharedRates {
  readonly buffer: SharedArrayBuffer;
  /** Milliseconds since the table began. */
  readonly sinceMs: number;
  /** Wall clock at that moment. */
  readonly atMs: number;
}

/** What became of a request under limits, and how the tightest of them stands. */
export interface RateOutcome {
  readonly limit: OpenRateLimit;
  /** Requests that may still come at once. */
  readonly remaining: number;
  /** Milliseconds until all of the limit may come at once again. */
  readonly resetMs: number;
  /** Milliseconds until there is room; 0: the request was let through. */
  readonly waitMs: number;
}

/**
 * Counts requests for all threads of a process, without locks: each limit is a bucket of as many requests as it allows,
 * which fills evenly (a token bucket, written down as the generic cell rate algorithm). A slot changes by
 * compare-and-exchange alone, so that no two threads give the same place away.
 */
export class RateTable {
  readonly #buffer: SharedArrayBuffer;
  readonly #slots: BigInt64Array;
  readonly #clock: Clock;
  /** Of the clock of this thread, when the table began. */
  readonly #beganMs: number;
  /** What the limits of the request at hand were set to. */
  readonly #taken: bigint[] = [];

  private constructor(buffer: SharedArrayBuffer, clock: Clock, beganMs: number) {
    this.#buffer = buffer;
    this.#slots = new BigInt64Array(buffer);
    this.#clock = clock;
    this.#beganMs = beganMs;
  }

  /** A table in which nothing is counted yet. @param slots how many, the one that is always full included */
  static create(clock: Clock, slots = RATE_SLOTS): RateTable {
    const table = new RateTable(new SharedArrayBuffer(slots * 8), clock, clock.monotonic());
    Atomics.store(table.#slots, FULL_SLOT, NEVER);
    return table;
  }

  /** The table of another thread. Threads have clocks of their own: the wall clock tells how long the way here took. */
  static join({ buffer, sinceMs, atMs }: SharedRates, clock: Clock): RateTable {
    const onTheWay = Math.max(0, clock.now() - atMs);
    return new RateTable(buffer, clock, clock.monotonic() - sinceMs - onTheWay);
  }

  /** For another thread, at once. */
  share(): SharedRates {
    const sinceMs = this.#clock.monotonic() - this.#beganMs;
    return { buffer: this.#buffer, sinceMs, atMs: this.#clock.now() };
  }

  /** How many slots there are. */
  get size(): number {
    return this.#slots.length;
  }

  /** Forgets what was counted in a slot. */
  clear(slot: number): void {
    Atomics.store(this.#slots, slot, 0n);
  }

  /**
   * Counts a request under all of some limits, or under none of them where one has no room. Never lets more through than
   * each allows; a request that is refused may stand in the others' way for the moment that it takes.
   * @param limits at least one
   * @param monotonicMs of this thread's clock
   */
  take(limits: readonly OpenRateLimit[], monotonicMs: number): RateOutcome {
    const now = BigInt(Math.max(0, Math.floor(monotonicMs - this.#beganMs)));
    if (limits.length > 1 && limits.some((limit) => !this.#hasRoom(limit, now))) {
      return this.#refusal(limits, now);
    }
    for (let index = 0; index < limits.length; index++) {
      const after = this.#add(limits[index] as OpenRateLimit, now);
      if (after === undefined) {
        this.#giveBack(limits, index);
        return this.#refusal(limits, now);
      }
      this.#taken[index] = after;
    }
    return this.#tightest(limits, now);
  }

  #hasRoom({ slot, unitsPerMs, cost, span }: OpenRateLimit, now: bigint): boolean {
    return later(Atomics.load(this.#slots, slot), now * unitsPerMs) + cost <= now * unitsPerMs + span;
  }

  /** Answers what the slot holds now; `undefined` where there was no room. */
  #add({ slot, unitsPerMs, cost, span }: OpenRateLimit, now: bigint): bigint | undefined {
    const start = now * unitsPerMs;
    for (;;) {
      const before = Atomics.load(this.#slots, slot);
      const after = later(before, start) + cost;
      if (after > start + span) return undefined;
      if (Atomics.compareExchange(this.#slots, slot, before, after) === before) return after;
    }
  }

  /**
   * Where somebody else has counted meanwhile the place stays taken: by then it may have been paid for by time, and
   * giving it back would let one too many through.
   */
  #giveBack(limits: readonly OpenRateLimit[], count: number): void {
    for (let index = 0; index < count; index++) {
      const { slot, cost } = limits[index] as OpenRateLimit;
      const after = this.#taken[index] as bigint;
      Atomics.compareExchange(this.#slots, slot, after, after - cost);
    }
  }

  #tightest(limits: readonly OpenRateLimit[], now: bigint): RateOutcome {
    let tightest: RateOutcome | undefined;
    for (let index = 0; index < limits.length; index++) {
      const limit = limits[index] as OpenRateLimit;
      const found = outcome(limit, this.#taken[index] as bigint, now, 0);
      if (tightest === undefined || isTighter(found, tightest)) tightest = found;
    }
    return tightest as RateOutcome;
  }

  /** Of the limit that takes longest to have room. */
  #refusal(limits: readonly OpenRateLimit[], now: bigint): RateOutcome {
    const all = limits.map((limit) => {
      const held = Atomics.load(this.#slots, limit.slot);
      return outcome(limit, held, now, waitOf(limit, held, now));
    });
    // One that another request made room in meanwhile still has refused this one.
    const longest = all.reduce((a, b) => (b.waitMs > a.waitMs ? b : a));
    return { ...longest, remaining: 0, waitMs: Math.max(1, longest.waitMs) };
  }
}

function later(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function outcome(limit: OpenRateLimit, held: bigint, now: bigint, waitMs: number): RateOutcome {
  const start = now * limit.unitsPerMs;
  const ahead = later(held, start) - start;
  return {
    limit,
    remaining: Number(later((limit.span - ahead) / limit.cost, 0n)),
    resetMs: msOf(limit, ahead),
    waitMs,
  };
}

function waitOf(limit: OpenRateLimit, held: bigint, now: bigint): number {
  const start = now * limit.unitsPerMs;
  return msOf(limit, later(held, start) + limit.cost - start - limit.span);
}

/** Milliseconds of so many units, upwards; a window at most, since by then every bucket is full. */
function msOf({ unitsPerMs, span, windowMs }: OpenRateLimit, units: bigint): number {
  if (units <= 0n) return 0;
  if (units >= span) return windowMs;
  return Number((units + unitsPerMs - 1n) / unitsPerMs);
}

function isTighter(a: RateOutcome, b: RateOutcome): boolean {
  return a.remaining === b.remaining ? a.resetMs > b.resetMs : a.remaining < b.remaining;
}
