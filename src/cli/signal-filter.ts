import type { Clock } from "../kernel/clock.ts";

/** Signals that a command may listen to. */
export type Signal = "SIGINT" | "SIGTERM" | "SIGHUP";

/** How a signal came: from the system, or from the launcher, which got it and handed it on. */
export type SignalWay = "system" | "launcher";

/** Milliseconds within which the same signal on both ways is one that was sent to both processes. */
const PAIR_MS = 2_000;
/**
 * Milliseconds within which the same signal on one way is one that was sent twice, as `timeout` and npm do. Nobody
 * types that fast; what is typed comes from the system.
 */
const ECHO_MS: Readonly<Record<SignalWay, number>> = { system: 100, launcher: 1_000 };

interface TakenSignal {
  readonly signal: Signal;
  readonly way: SignalWay;
  readonly time: number;
}

/**
 * Tells signals that someone sent from their copies. A terminal, systemd and `timeout` signal a whole group, so the
 * gateway gets a signal itself and once more from its launcher, in either order, but the second one that a person
 * sends means "at once".
 */
export class SignalFilter {
  readonly #clock: Clock;
  readonly #last = new Map<string, number>();
  /** Taken on one way and not yet seen on the other. */
  #unpaired: readonly TakenSignal[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether this signal is none that was taken already. */
  isNew(signal: Signal, way: SignalWay): boolean {
    const time = this.#clock.monotonic();
    const line = `${signal} ${way}`;
    if (this.#pair(signal, way, time)) {
      this.#last.set(line, time);
      return false;
    }
    // Each SIGHUP may stand for a change of its own, and one reload too many does no harm.
    if (signal !== "SIGHUP" && time - (this.#last.get(line) ?? Number.NEGATIVE_INFINITY) < ECHO_MS[way])
      return false;
    this.#last.set(line, time);
    this.#unpaired = [...this.#unpaired, { signal, way, time }];
    return true;
  }

  #pair(signal: Signal, way: SignalWay, time: number): boolean {
    this.#unpaired = this.#unpaired.filter((taken) => time - taken.time < PAIR_MS);
    const found = this.#unpaired.findIndex((taken) => taken.signal === signal && taken.way !== way);
    if (found === -1) return false;
    this.#unpaired = this.#unpaired.toSpliced(found, 1);
    return true;
  }
}
