import { SweepList, type Swept } from "../kernel/sweep-list.ts";

/** A body that is being read, and what to do when it takes too long. */
export interface BodyDeadline extends Swept {
  /** On the monotonic clock, milliseconds. */
  readonly endsAt: number;
  readonly expire: () => void;
}

/** Milliseconds between two looks. */
const SWEEP_MS = 50;

/** Time limits of bodies under way. */
export class BodyDeadlines {
  readonly #pending = new SweepList<BodyDeadline>(SWEEP_MS, (deadline, now) => {
    if (now < deadline.endsAt) return;
    this.#pending.remove(deadline);
    deadline.expire();
  });

  /** Watches until `release`. */
  watch(deadline: BodyDeadline): void {
    this.#pending.add(deadline);
  }

  release(deadline: BodyDeadline): void {
    this.#pending.remove(deadline);
  }
}
