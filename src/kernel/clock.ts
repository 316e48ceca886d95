/** Where time comes from. Passed in, so that tests can stand still. */
export interface Clock {
  /** Wall clock, milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Monotonic clock, milliseconds with fractions; only differences mean anything. */
  readonly monotonic: () => number;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
