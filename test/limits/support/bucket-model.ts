/** A token bucket as books describe it, in exact fractions: full at first, filled evenly, never over its brim. */
export class BucketModel {
  readonly #limit: bigint;
  readonly #windowMs: bigint;
  /** Requests that may come, times `windowMs`. */
  #level: bigint;
  #atMs = 0n;

  constructor(limit: number, windowMs: number) {
    this.#limit = BigInt(limit);
    this.#windowMs = BigInt(windowMs);
    this.#level = this.#limit * this.#windowMs;
  }

  /** Whole requests that may come at a moment. */
  remaining(atMs: number): number {
    this.#fill(BigInt(atMs));
    return Number(this.#level / this.#windowMs);
  }

  take(): void {
    this.#level -= this.#windowMs;
  }

  #fill(atMs: bigint): void {
    const full = this.#limit * this.#windowMs;
    const level = this.#level + (atMs - this.#atMs) * this.#limit;
    this.#level = level > full ? full : level;
    this.#atMs = atMs;
  }
}
