/** A body that is being read, and what to do when it takes too long. */
export interface BodyDeadline {
  readonly endsAt: number;
  readonly expire: () => void;
}

/** Milliseconds between two looks. */
const SWEEP_MS = 50;

/** Time limits of bodies under way, looked at together: a timer for each would cost more than reading most of them. */
export class BodyDeadlines {
  readonly #pending = new Set<BodyDeadline>();
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Watches until `release`. */
  watch(deadline: BodyDeadline): void {
    this.#pending.add(deadline);
    this.#timer ??= setInterval(() => this.#sweep(), SWEEP_MS);
  }

  release(deadline: BodyDeadline): void {
    this.#pending.delete(deadline);
  }

  #sweep(): void {
    if (this.#pending.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    const now = performance.now();
    for (const deadline of this.#pending) {
      if (now < deadline.endsAt) continue;
      this.#pending.delete(deadline);
      deadline.expire();
    }
  }
}
