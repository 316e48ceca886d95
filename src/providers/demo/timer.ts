/** Runs something later; the answer cancels it. Passed in, so that tests need not wait. */
export type StartTimer = (delayMs: number, run: () => void) => () => void;

/** The machine's own timers. A delay of 0 runs after pending input and output. */
export const systemTimer: StartTimer = (delayMs, run) => {
  if (delayMs <= 0) {
    const immediate = setImmediate(run);
    return () => clearImmediate(immediate);
  }
  const timeout = setTimeout(run, delayMs);
  return () => clearTimeout(timeout);
};
