import { type Spread, spread } from "./stats.ts";

/** What rounds of any question have in common. */
export interface Round {
  readonly contestant: string;
  readonly round: number;
}

/** The rounds of each contestant, in order of first appearance. */
export function groupByContestant<R extends Round>(rounds: readonly R[]): Map<string, R[]> {
  return Map.groupBy(
    rounds.toSorted((left, right) => left.round - right.round),
    (round) => round.contestant,
  );
}

/**
 * Compares each round of a contestant with the yardstick's of the same number, so that what slows the whole machine
 * down for a while cancels out. Nothing when there is no yardstick.
 */
export function compareRounds<R extends Round>(
  own: readonly R[],
  yardstick: readonly R[] | undefined,
  compare: (mine: R, theirs: R) => number,
): Spread | undefined {
  const values = own.flatMap((mine) => {
    const theirs = yardstick?.find((other) => other.round === mine.round);
    return theirs === undefined ? [] : [compare(mine, theirs)];
  });
  return values.length === 0 ? undefined : spread(values);
}
