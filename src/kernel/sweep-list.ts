/** Something that a sweep list holds. */
export interface Swept {
  /** Its place in the list, -1 outside; kept by the list. */
  place: number;
}

/**
 * Things that are looked at together every so often, because a timer for each would cost more than all that is
 * done with most of them. Adding and removing move one element.
 */
export class SweepList<T extends Swept> {
  readonly #items: T[] = [];
  readonly #intervalMs: number;
  readonly #look: (item: T, nowMs: number) => void;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param look may remove the item; `nowMs` is on the clock of `performance.now` */
  constructor(intervalMs: number, look: (item: T, nowMs: number) => void) {
    this.#intervalMs = intervalMs;
    this.#look = look;
  }

  add(item: T): void {
    item.place = this.#items.push(item) - 1;
    if (this.#timer !== undefined) return;
    this.#timer = setInterval(() => this.#sweep(), this.#intervalMs);
    // What is looked at keeps the process alive by itself, where it has to.
    this.#timer.unref();
  }

  /** Leaves an item alone that is not in the list. */
  remove(item: T): void {
    const { place } = item;
    if (place < 0) return;
    const last = this.#items.pop();
    if (last !== undefined && last !== item) {
      last.place = place;
      this.#items[place] = last;
    }
    item.place = -1;
  }

  #sweep(): void {
    if (this.#items.length === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    const now = performance.now();
    // From the end on, so that an item that removes itself moves one that was looked at already.
    for (let place = this.#items.length - 1; place >= 0; place--) {
      const item = this.#items[place];
      if (item !== undefined) this.#look(item, now);
    }
  }
}
