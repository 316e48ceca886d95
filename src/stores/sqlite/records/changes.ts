import type { Database } from "bun:sqlite";
import type { RecordChange } from "../../record-store.ts";
import { checkLimit } from "./read-records.ts";

/** Sequence of the newest change; 0 where there is none. */
export function newestChange(database: Database): number {
  const row = database
    .query<{ sequence: number }, []>("SELECT coalesce(max(sequence), 0) AS sequence FROM changes")
    .get();
  return row?.sequence ?? 0;
}

/** Changes after a position, oldest first. */
export function changesAfter(database: Database, position: number, limit: number): readonly RecordChange[] {
  return database
    .query<RecordChange, [number, number]>(
      "SELECT sequence, kind, id FROM changes WHERE sequence > ? ORDER BY sequence LIMIT ?",
    )
    .all(position, checkLimit(limit));
}
