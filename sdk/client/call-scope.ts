import type { ClientClock } from "./client-options.ts";
import { LatchkeyClientError } from "./error.ts";

/** The longest delay that timers of every platform understand; a longer one would ring at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The lifetime of one call: ends with its time limit, its caller's signal or the client's own abort,
 * whichever is first, and knows which it was.
 */
export class CallScope {
  readonly #controller = new AbortController();
  readonly #clock: ClientClock;
  readonly #endsAt: number;
  readonly #outerSignal: AbortSignal | undefined;
  #cancelTimer: () => void = () => undefined;
  #failure: LatchkeyClientError | undefined;

  constructor(clock: ClientClock, timeoutMs: number, outerSignal?: AbortSignal) {
    this.#clock = clock;
    this.#endsAt = clock.now() + timeoutMs;
    this.#outerSignal = outerSignal;
    if (outerSignal?.aborted) {
      this.#onOuterAbort();
      return;
    }
    outerSignal?.addEventListener("abort", this.#onOuterAbort, { once: true });
    if (timeoutMs > LONGEST_TIMER_MS) return;
    const message = `The call took longer than its limit of ${timeoutMs} ms.`;
    this.#cancelTimer = clock.setTimer(
      () => this.#end(new LatchkeyClientError("timeout", message)),
      timeoutMs,
    );
  }

  /** For `fetch`. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why the call was ended from this side, if it was. */
  get failure(): LatchkeyClientError | undefined {
    return this.#failure;
  }

  /** Milliseconds until the time limit. */
  get remainingMs(): number {
    return this.#endsAt - this.#clock.now();
  }

  /** Ends the call because nobody wants its answer any more. */
  abort(): void {
    this.#end(new LatchkeyClientError("aborted", "The stream was left before its end."));
  }

  /** Lets go of timer and signal; the call may no longer be ended. */
  close(): void {
    this.#cancelTimer();
    this.#outerSignal?.removeEventListener("abort", this.#onOuterAbort);
  }

  /**
   * Waits so many milliseconds.
   * @throws LatchkeyClientError when the call is ended first
   */
  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) return reject(this.#failure);
      const onAbort = (): void => {
        cancel();
        reject(this.#failure);
      };
      const cancel = this.#clock.setTimer(() => {
        this.signal.removeEventListener("abort", onAbort);
        resolve();
      }, delayMs);
      this.signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  readonly #onOuterAbort = (): void => {
    const cause: unknown = this.#outerSignal?.reason;
    this.#end(new LatchkeyClientError("aborted", "The call was aborted by its caller.", { cause }));
  };

  #end(failure: LatchkeyClientError): void {
    if (this.#failure !== undefined) return;
    this.#failure = failure;
    this.close();
    this.#controller.abort(failure);
  }
}
