import type { ClientClock } from "../../../sdk/client/index.ts";

interface Timer {
  readonly callback: () => void;
  readonly dueAt: number;
}

/** A clock that stands still until it is told to go on. */
export class ManualClock implements ClientClock {
  /** Delays of all timers that were ever set, in milliseconds. */
  readonly delays: number[] = [];
  readonly #timers = new Set<Timer>();
  readonly #waiting: (() => void)[] = [];
  #now: number;

  constructor(now: number = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  /** How many timers are set. */
  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  setTimer(callback: () => void, delayMs: number): () => void {
    const timer = { callback, dueAt: this.#now + delayMs };
    this.#timers.add(timer);
    this.delays.push(delayMs);
    this.#wake();
    return () => this.#remove(timer);
  }

  /** Resolves when so many timers have been set in all. */
  async whenSet(count: number): Promise<void> {
    while (this.delays.length < count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Resolves when no timer is set any more. */
  async whenIdle(): Promise<void> {
    while (this.pending > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Lets time pass; timers that fall due ring. */
  advance(byMs: number): void {
    this.#now += byMs;
    for (const timer of [...this.#timers]) {
      if (timer.dueAt > this.#now) continue;
      this.#remove(timer);
      timer.callback();
    }
  }

  #remove(timer: Timer): void {
    this.#timers.delete(timer);
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
