import type { ModelRow } from "../../src/catalog/model-card.ts";

/** Some vendors name the earliest possible day years ahead, which is no reason to name another model. */
const SOON_MS = 180 * 86_400_000;

/**
 * Names what is served: vendors' pages name the model that was new at the time, which has often gone since. Where what
 * is named instead goes as well, what replaces that is named; where nothing does, or nobody knows it, nothing.
 */
export function followReplacements(rows: ReadonlyMap<string, ModelRow>, day: string): Map<string, ModelRow> {
  const soon = new Date(Date.parse(day) + SOON_MS).toISOString().slice(0, 10);
  return new Map(
    [...rows].map(([id, row]) => {
      if (row.replacement === undefined) return [id, row];
      const { replacement: named, ...rest } = row;
      const replacement = lastOf(named, rows, soon);
      return [id, replacement === undefined ? rest : { ...rest, replacement }];
    }),
  );
}

function lastOf(named: string, rows: ReadonlyMap<string, ModelRow>, soon: string): string | undefined {
  const seen = new Set<string>();
  for (let id: string = named; ; ) {
    const row = rows.get(id);
    if (row === undefined || seen.has(id)) return undefined;
    if (row.replacement === undefined) return isGoing(row, soon) ? undefined : id;
    seen.add(id);
    id = row.replacement;
  }
}

function isGoing(
  { deprecatedOn, isDeprecated, isRetired, retiredOn = "9" }: ModelRow,
  soon: string,
): boolean {
  return deprecatedOn !== undefined || isDeprecated === true || isRetired === true || retiredOn < soon;
}
