/** Names, in words, of the things that lists hold. */
export type Labels = WeakMap<object, string>;

/**
 * Remembers which items decided: the one for which `every` was false, the one for which `some` was true, and those inside
 * which it was decided. When a statement does not hold, that is its counter-example.
 */
export class Trail {
  readonly labels: Labels = new WeakMap();
  #steps: string[] = [];

  /** From the outside in. */
  get steps(): readonly string[] {
    return this.#steps;
  }

  /** Forgets all steps. */
  clear(): void {
    this.#steps = [];
  }

  /** Runs a predicate on an item; its steps are kept, with the item's own before them, where the answer is `decisive`. */
  step(item: unknown, decisive: boolean, predicate: () => unknown): boolean {
    const before = this.#steps;
    this.#steps = [];
    const answer = Boolean(predicate());
    const inner = this.#steps;
    const label = typeof item === "object" && item !== null ? this.labels.get(item) : undefined;
    this.#steps =
      answer === decisive ? [...before, ...(label === undefined ? [] : [label]), ...inner] : before;
    return answer;
  }
}

type Predicate = (value: unknown, index: number, array: readonly unknown[]) => unknown;

/** A frozen list whose `every` and `some` leave a trail; everything else is as in any list. */
export function tracedList<Item>(items: readonly Item[], trail: Trail): readonly Item[] {
  const plain = [...items];
  const list = [...items];
  const decide = (decisive: boolean, predicate: Predicate): boolean =>
    plain.some((item, index) => trail.step(item, decisive, () => predicate(item, index, list)) === decisive);
  Object.defineProperties(list, {
    every: { value: (predicate: Predicate): boolean => !decide(false, predicate) },
    some: { value: (predicate: Predicate): boolean => decide(true, predicate) },
  });
  return Object.freeze(list);
}
