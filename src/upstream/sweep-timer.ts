/** Milliseconds between two looks at the time limits of calls. */
export const SWEEP_MS = 20;

/**
 * One timer for all time limits of a pool: it looks at them every `SWEEP_MS` while there is something to watch,
 * which costs less than several timers a call. It does not keep the process alive.
 */
export class SweepTimer {
  readonly #sweep: () => number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isFast = false;

  /** @param sweep answers after how many milliseconds to look again; undefined for when it is woken. */
  constructor(sweep: () => number | undefined) {
    this.#sweep = sweep;
  }

  /** There is something to watch. */
  wake(): void {
    if (this.#isFast) return;
    clearTimeout(this.#timer);
    this.#set(SWEEP_MS);
  }

  #set(delayMs: number): void {
    this.#isFast = delayMs <= SWEEP_MS;
    this.#timer = setTimeout(this.#tick, delayMs);
    this.#timer.unref();
  }

  #tick = (): void => {
    this.#timer = undefined;
    this.#isFast = false;
    const next = this.#sweep();
    // What the sweep ended may have begun something new, and woken the timer.
    if (next !== undefined && this.#timer === undefined) this.#set(Math.max(SWEEP_MS, next));
  };
}
