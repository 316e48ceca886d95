import { SweepList, type Swept } from "../kernel/sweep-list.ts";

/** Something that waits on behalf of a caller who may leave. */
export interface Departable extends Swept {
  readonly request: Request;
  /** Sweeps that it has waited; kept by the watch. */
  sweeps: number;
  /** The caller has left. */
  readonly leave: () => void;
}

/** Milliseconds between two sweeps. */
const SWEEP_MS = 25;

/**
 * Tells calls when their caller has left. Listening to a request's abort signal costs more than all the rest
 * of a short call's bookkeeping, so only calls that are still waiting after a sweep are listened to; a signal
 * that was never looked at still knows that it has fired.
 */
export class DepartureWatch {
  readonly #waiting = new SweepList<Departable>(SWEEP_MS, (waiting) => {
    waiting.sweeps++;
    if (waiting.sweeps === 2) this.#listen(waiting);
  });
  readonly #onLong: (request: Request) => void;

  /** @param onLong told once of each call that is still waiting after a sweep */
  constructor(onLong: (request: Request) => void) {
    this.#onLong = onLong;
  }

  /** Watches until `release`. */
  watch(waiting: Departable): void {
    this.#waiting.add(waiting);
  }

  release(waiting: Departable): void {
    this.#waiting.remove(waiting);
  }

  #listen(waiting: Departable): void {
    const leave = (): void => {
      if (waiting.place < 0) return;
      this.#waiting.remove(waiting);
      waiting.leave();
    };
    this.#onLong(waiting.request);
    const { signal } = waiting.request;
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true });
  }
}
