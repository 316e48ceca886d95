import { createRandom, type Random } from "./random.ts";

/**
 * Makes the choices of one attempt (a branch of `anyOf`, one of several types) so that the attempts together
 * go through all combinations: attempt 0 takes what chance prefers, later ones turn on from there like the
 * wheels of a counter.
 */
export interface Chooser {
  /** An index below `count`; the first attempt takes the one that `prefer` names. */
  readonly choose: (count: number, prefer: (random: Random) => number) => number;
  /** Combinations that the choices so far have. */
  readonly combinations: () => number;
}

/** The choices of attempt number `attempt`; attempts of the same seed have the same preferences. */
export function createChooser(attempt: number, seed: number): Chooser {
  const random = createRandom(seed);
  let rest = attempt;
  let combinations = 1;
  return {
    choose(count, prefer) {
      const turn = rest % count;
      rest = Math.floor(rest / count);
      combinations *= count;
      return (prefer(random) + turn) % count;
    },
    combinations: () => combinations,
  };
}

/** An index by chance; those that are `shunned` come up in one of eight cases only. */
export function preferIndex(shunned: readonly boolean[], random: Random): number {
  const liked = [...shunned.keys()].filter((index) => shunned[index] === false);
  const isOdd = random.below(8) === 0;
  return liked.length === 0 || isOdd ? random.below(shunned.length) : random.pick(liked);
}
