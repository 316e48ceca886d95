import type { Clock } from "../../src/kernel/clock.ts";

/** A clock that moves only when told to. */
export interface FixedClock extends Clock {
  readonly advance: (ms: number) => void;
}

/** Makes a clock that stands at a time. @param startMs milliseconds since the Unix epoch */
export function createFixedClock(startMs: number): FixedClock {
  let passed = 0;
  return {
    now: () => startMs + passed,
    monotonic: () => passed,
    advance(ms) {
      passed += ms;
    },
  };
}
