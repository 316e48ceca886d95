/**
 * Order of measurements: in each round every contestant has its turn, and each round begins with the next one, so
 * that neither a drifting machine nor a place in the row favours anyone.
 */
export function takeTurns<Item>(items: readonly Item[], rounds: number): { round: number; item: Item }[] {
  return Array.from({ length: rounds }, (_, round) => {
    const shift = items.length === 0 ? 0 : round % items.length;
    return [...items.slice(shift), ...items.slice(0, shift)].map((item) => ({ round, item }));
  }).flat();
}
