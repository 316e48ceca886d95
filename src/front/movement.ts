/** Tells for how long nothing has moved, without reading a clock when something does. */
export class Movement {
  #hasMoved = true;
  #movedAt = 0;

  /** Something has begun or gone on. */
  note(): void {
    this.#hasMoved = true;
  }

  /** Milliseconds without movement, as exact as the times between two looks. */
  waited(nowMs: number): number {
    if (this.#hasMoved) {
      this.#hasMoved = false;
      this.#movedAt = nowMs;
    }
    return nowMs - this.#movedAt;
  }
}
