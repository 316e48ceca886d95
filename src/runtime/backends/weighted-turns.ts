/** Something that gets turns by its weight. */
export interface Weighted {
  readonly weight: number;
}

/**
 * Gives turns by weight, spread out evenly: of weights 5, 1 and 1 the first gets five turns of seven, but not in a row.
 * Each turn, everyone is credited its weight; whoever has most gets the turn and pays all that was credited.
 */
export class WeightedTurns<T extends Weighted> {
  readonly #items: readonly T[];
  readonly #credit: number[];

  constructor(items: readonly T[]) {
    this.#items = items;
    this.#credit = items.map(() => 0);
  }

  /** Whose turn it is among those that may have one. */
  next(may: (item: T) => boolean): T | undefined {
    let best = -1;
    let total = 0;
    for (let index = 0; index < this.#items.length; index++) {
      const item = this.#items[index] as T;
      if (!may(item)) continue;
      total += item.weight;
      const credit = (this.#credit[index] as number) + item.weight;
      this.#credit[index] = credit;
      if (best < 0 || credit > (this.#credit[best] as number)) best = index;
    }
    if (best < 0) return undefined;
    this.#credit[best] = (this.#credit[best] as number) - total;
    return this.#items[best];
  }
}
