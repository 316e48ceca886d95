import type { Database } from "bun:sqlite";
import type { RecordChange } from "../../record-store.ts";
import { followedKinds, type RecordKind } from "../../records/kinds.ts";
import { checkLimit } from "./read-records.ts";

const followed: ReadonlySet<RecordKind> = new Set(followedKinds);

/** A record's newest change takes the place of the one before. */
export function noteChange(database: Database, kind: RecordKind, id: string): void {
  if (!followed.has(kind)) return;
  database.query("INSERT OR REPLACE INTO changes (kind, id) VALUES (?, ?)").run(kind, id);
}

/** Sequence of the newest change; 0 where there is none. */
export function newestChange(database: Database): number {
  const row = database
    .query<{ sequence: number }, []>(
      `SELECT max(forgotten.sequence, coalesce((SELECT max(sequence) FROM changes), 0)) AS sequence
      FROM forgotten_changes AS forgotten`,
    )
    .get();
  return row?.sequence ?? 0;
}

/** Changes after a position, oldest first; null where some of them are forgotten. */
export function changesAfter(
  database: Database,
  position: number,
  limit: number,
): readonly RecordChange[] | null {
  // One statement, so that nothing is forgotten between a look at what is there and a look at what is not. A row without
  // a kind says up to where all is forgotten.
  const rows = database
    .query<{ sequence: number; kind: RecordChange["kind"] | null; id: string | null }, [number, number]>(
      `SELECT sequence, NULL AS kind, NULL AS id FROM forgotten_changes UNION ALL
      SELECT * FROM (SELECT sequence, kind, id FROM changes WHERE sequence > ? ORDER BY sequence LIMIT ?)`,
    )
    .all(position, checkLimit(limit));
  const changes: RecordChange[] = [];
  for (const { sequence, kind, id } of rows) {
    if (kind !== null && id !== null) changes.push({ sequence, kind, id });
    else if (sequence > position) return null;
  }
  return changes;
}

/** Changes that are forgotten in one transaction: others need not wait for a million of them. */
const FORGOTTEN_AT_ONCE = 5_000;

/**
 * Forgets the oldest changes but for those that are to stay. To be called in a transaction.
 * @param keep how many stay
 * @returns whether there may be more to forget
 */
export function forgetChanges(database: Database, keep: number): boolean {
  const last = database
    .query<{ sequence: number }, [number]>(
      "SELECT sequence FROM changes ORDER BY sequence DESC LIMIT 1 OFFSET ?",
    )
    .get(checkLimit(keep));
  if (last === null) return false;
  const part = database
    .query<{ sequence: number }, [number]>("SELECT sequence FROM changes ORDER BY sequence LIMIT 1 OFFSET ?")
    .get(FORGOTTEN_AT_ONCE - 1);
  const until = Math.min(last.sequence, part?.sequence ?? last.sequence);
  database.query("DELETE FROM changes WHERE sequence <= ?").run(until);
  database.query("UPDATE forgotten_changes SET sequence = ?").run(until);
  return until < last.sequence;
}
