import type { CharSet } from "refa";

/** Positions and the number of ways to each, counted to 2: more than one is all that matters. */
export type Ways = ReadonlyMap<number, number>;

/**
 * The characters of a pattern and which may follow which (Glushkov's automaton). Unlike the usual one it counts the ways
 * from one to the next, since an engine tries them all: `(a*)*` goes from `a` to `a` in two ways.
 */
export interface Automaton {
  /** What each position takes. */
  readonly characters: readonly CharSet[];
  /** Positions after each position. */
  readonly next: readonly Ways[];
  /** Positions after which the pattern has matched, whatever follows. */
  readonly finals: ReadonlySet<number>;
}

/** A pattern is too large to be judged. */
export class TooLargeError extends Error {}

/** Counts steps of a search, so that it ends the same way on every machine. */
export class StepBudget {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  /** @throws TooLargeError when none is left. */
  spend(): void {
    if (this.#left-- <= 0) throw new TooLargeError("too many steps");
  }
}

/** Whether two positions of an automaton take a character in common; remembers what was asked. */
export function createOverlap({ characters }: Automaton): (one: number, other: number) => boolean {
  const known = new Map<number, boolean>();
  return (one, other) => {
    const key = Math.min(one, other) * characters.length + Math.max(one, other);
    const answer = known.get(key);
    if (answer !== undefined) return answer;
    const [first, second] = [characters[one], characters[other]];
    const overlaps = first !== undefined && second !== undefined && !first.isDisjointWith(second);
    known.set(key, overlaps);
    return overlaps;
  };
}
