/** Whom a limit is of. */
export type LimitSubject = "key" | "application" | "tenant";

/** So many requests in a window, and where they are counted. Plain data, which passes between threads. */
export interface RateLimit {
  /** Slot of the `RateTable`; see `LimitSlots`. */
  readonly slot: number;
  readonly subject: LimitSubject;
  /** Requests in a window, and the most that may come at once. */
  readonly limit: number;
  /** Milliseconds. */
  readonly windowMs: number;
}

/**
 * A limit as it is counted. Its slot holds the moment at which all requests so far are paid for, in units of which a
 * millisecond has as many as the limit, divided by what it has in common with the window: so nothing is ever rounded.
 */
export interface OpenRateLimit extends RateLimit {
  /** Units in a millisecond. */
  readonly unitsPerMs: bigint;
  /** Units that one request takes. */
  readonly cost: bigint;
  /** Units in a window, beyond which nobody may go ahead of time. */
  readonly span: bigint;
}

/** Milliseconds that a process may run at least before a slot holds too large a number: eight years. */
const LONGEST_RUN_MS = 2n ** 38n;

/** Largest number in a slot. */
const LARGEST = 2n ** 63n - 1n;

/**
 * Prepares a limit for counting. One that is too uneven to be counted exactly (more than some ten million, with nothing
 * in common with its window) is counted a little narrower, never wider.
 */
export function openRateLimit(row: RateLimit): OpenRateLimit {
  const windowMs = BigInt(row.windowMs);
  const limit = BigInt(row.limit);
  const common = greatestCommonDivisor(limit, windowMs);
  const most = LARGEST / (windowMs + LONGEST_RUN_MS);
  const exact = limit / common;
  const unitsPerMs = exact > most ? most : exact;
  const cost = exact > most ? (windowMs * most + limit - 1n) / limit : windowMs / common;
  return { ...row, unitsPerMs, cost, span: windowMs * unitsPerMs };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}
