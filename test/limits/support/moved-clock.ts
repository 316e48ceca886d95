import type { Clock } from "../../../src/kernel/clock.ts";

/** A clock that stands still until it is moved. */
export interface MovedClock extends Clock {
  /** Milliseconds since it began. */
  ms: number;
}

/** A clock that begins at noon of a day, and at 0 where only differences count. */
export function movedClock(): MovedClock {
  const beganMs = Date.UTC(2026, 10, 24, 12);
  const clock = { ms: 0, now: () => beganMs + clock.ms, monotonic: () => clock.ms };
  return clock;
}
