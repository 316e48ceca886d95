import type { Lack, ModelRow } from "../../src/catalog/model-card.ts";
import type { CatalogOverride } from "../../src/catalog/overrides/override.ts";

/** Rows of one provider type with the facts of our own; an override that matches nothing is an error. */
export function applyOverrides(
  rows: ReadonlyMap<string, ModelRow>,
  overrides: readonly CatalogOverride[],
): Map<string, ModelRow> {
  const result = new Map(rows);
  for (const { ids, matching, set, unknown, source } of overrides) {
    const chosen = ids ?? [...result.keys()].filter((id) => matching?.test(id) === true);
    if (chosen.length === 0) throw new Error(`An override matches no model: ${matching} of ${source}`);
    for (const id of chosen) {
      const row = result.get(id) ?? {};
      // What is said of chat models by a pattern is not said of the others that it happens to match.
      if (ids === undefined && row.kind !== undefined && (set.can ?? set.lacks ?? set.takes) !== undefined)
        continue;
      result.set(id, merge(row, set, unknown));
    }
  }
  return result;
}

/** The override's facts go first: what it denies, the row cannot claim, and the other way round. */
function merge(row: ModelRow, set: ModelRow, unknown: readonly Lack[] = []): ModelRow {
  const { can: _, lacks: __, ...merged } = { ...row, ...set };
  const can = union(row.can, set.can).filter((ability) => !(set.lacks ?? []).includes(ability));
  const lacks = union(row.lacks, set.lacks).filter((lack) => ![...claims(set), ...unknown].includes(lack));
  return { ...merged, ...(can.length > 0 ? { can } : {}), ...(lacks.length > 0 ? { lacks } : {}) };
}

function union<Item>(a: readonly Item[] = [], b: readonly Item[] = []): readonly Item[] {
  return [...new Set([...a, ...b])];
}

function claims({ can = [], takes = [] }: ModelRow): readonly string[] {
  const names: Readonly<Record<string, string>> = { image: "images", file: "files", audio: "audio" };
  return [...can, ...takes.map((modality) => names[modality] ?? modality)];
}
