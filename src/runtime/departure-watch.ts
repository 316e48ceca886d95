/** A call that is waiting for something and has to know when its caller leaves. */
interface Waiting {
  readonly request: Request;
  readonly onLeave: () => void;
  sweeps: number;
}

/** Milliseconds between two sweeps. */
const SWEEP_MS = 25;

/**
 * Tells calls when their caller has left. Listening to a request's abort signal costs more than all the rest
 * of a short call's bookkeeping, so only calls that are still waiting after a sweep are listened to; a signal
 * that was never looked at still knows that it has fired.
 */
export class DepartureWatch {
  readonly #waiting = new Set<Waiting>();
  readonly #onLong: (request: Request) => void;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param onLong told once of each call that is still waiting after a sweep */
  constructor(onLong: (request: Request) => void) {
    this.#onLong = onLong;
  }

  /** Watches until the returned function is called. `onLeave` is called at most once. */
  watch(request: Request, onLeave: () => void): () => void {
    const waiting: Waiting = { request, onLeave, sweeps: 0 };
    this.#waiting.add(waiting);
    this.#timer ??= setInterval(() => this.#sweep(), SWEEP_MS);
    return () => {
      this.#waiting.delete(waiting);
    };
  }

  #sweep(): void {
    if (this.#waiting.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    for (const waiting of this.#waiting) {
      waiting.sweeps++;
      if (waiting.sweeps === 2) this.#listen(waiting);
    }
  }

  #listen(waiting: Waiting): void {
    const leave = (): void => {
      if (this.#waiting.delete(waiting)) waiting.onLeave();
    };
    this.#onLong(waiting.request);
    const { signal } = waiting.request;
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true });
  }
}
