import type { Database } from "bun:sqlite";
import { LatchkeyError } from "../../../kernel/error.ts";
import { readCursor, writeCursor } from "../../cursor.ts";
import type { RecordPage, RecordQuery, StoredRecord } from "../../record-store.ts";
import type { RecordKind } from "../../records/kinds.ts";
import { type RecordRow, recordOf } from "./record-row.ts";
import { selectionOf } from "./selection.ts";

/** Records of a page at most. */
const MAX_LIMIT = 1_000;

/** One record. */
export function getRecord<K extends RecordKind>(
  database: Database,
  kind: K,
  id: string,
): StoredRecord<K> | undefined {
  const row = findRow(database, kind, id);
  return row === null ? undefined : recordOf(kind, row);
}

/** Those of some records that are there. @throws LatchkeyError LK-2102 where too many are asked for */
export function getRecords<K extends RecordKind>(
  database: Database,
  kind: K,
  ids: readonly string[],
): readonly StoredRecord<K>[] {
  if (ids.length > MAX_LIMIT)
    throw new LatchkeyError("LK-2102", `At most ${MAX_LIMIT} records can be read at once.`, { param: "ids" });
  return database
    .query<RecordRow, [string, string]>(
      "SELECT r.* FROM json_each(?) AS wanted CROSS JOIN records r ON r.kind = ? AND r.id = wanted.value",
    )
    .all(JSON.stringify([...new Set(ids)]), kind)
    .map((row) => recordOf(kind, row));
}

/** The row of a record. */
export function findRow(database: Database, kind: RecordKind, id: string): RecordRow | null {
  return database
    .query<RecordRow, [string, string]>("SELECT * FROM records WHERE kind = ? AND id = ?")
    .get(kind, id);
}

/**
 * A page of records.
 * @throws LatchkeyError LK-2102 where a part of the query is wrong, with its name
 */
export function listRecords<K extends RecordKind>(
  database: Database,
  secret: Uint8Array,
  query: RecordQuery<K>,
): RecordPage<K> {
  const limit = Math.min(checkLimit(query.limit), MAX_LIMIT);
  const { sql, position, values } = selectionOf(query);
  const oldest = query.order === "oldest";
  const after = query.after === undefined ? [] : [readCursor(secret, query, query.after)];
  const rows = database
    .query<RecordRow, (string | number)[]>(
      `SELECT r.* FROM ${sql}${after.length > 0 ? ` AND ${position} ${oldest ? ">" : "<"} ?` : ""}
      ORDER BY ${position} ${oldest ? "ASC" : "DESC"} LIMIT ?`,
    )
    .all(...values, ...after, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    records: page.map((row) => recordOf(query.kind, row)),
    next: rows.length > limit && last !== undefined ? writeCursor(secret, query, last.position) : null,
  };
}

/** How many records a query asks for. */
export function countRecords(
  database: Database,
  query: Omit<RecordQuery, "limit" | "after" | "order">,
): number {
  const { countSql, values } = selectionOf(query);
  const row = database
    .query<{ count: number }, (string | number)[]>(`SELECT count(*) AS count FROM ${countSql}`)
    .get(...values);
  return row?.count ?? 0;
}

/** @throws LatchkeyError LK-2102 where it is no whole number from 1 on */
export function checkLimit(limit: number): number {
  if (Number.isSafeInteger(limit) && limit >= 1) return limit;
  throw new LatchkeyError("LK-2102", "`limit` has to be a whole number from 1 on.", { param: "limit" });
}
