/** What two tables of named rows have in common and what only one of them has, by name. */
export interface Matched<Row> {
  readonly added: readonly (readonly [name: string, row: Row])[];
  readonly removed: readonly (readonly [name: string, row: Row])[];
  readonly kept: readonly (readonly [name: string, before: Row, after: Row])[];
}

/** Matches the rows of two tables by name. */
export function matchRows<Row>(
  before: ReadonlyMap<string, Row>,
  after: ReadonlyMap<string, Row>,
): Matched<Row> {
  return {
    added: [...after].filter(([name]) => !before.has(name)),
    removed: [...before].filter(([name]) => !after.has(name)),
    kept: [...before].flatMap(([name, row]) => {
      const other = after.get(name);
      return other === undefined ? [] : [[name, row, other] as const];
    }),
  };
}

/** What two lists of names differ in; the order counts for nothing. */
export function matchNames(
  before: readonly string[],
  after: readonly string[],
): { readonly added: readonly string[]; readonly removed: readonly string[] } {
  return {
    added: [...new Set(after).difference(new Set(before))].sort(),
    removed: [...new Set(before).difference(new Set(after))].sort(),
  };
}

/** Whether two values say the same: the order of lists counts, that of an object's members does not. */
export function isSame(a: unknown, b: unknown): boolean {
  return Bun.deepEquals(a, b, true);
}
