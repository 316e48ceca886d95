import type { Database } from "bun:sqlite";
import { LatchkeyError } from "../../../kernel/error.ts";
import type { NewRecord, StoredRecord } from "../../record-store.ts";
import type { RecordBodies, RecordKind } from "../../records/kinds.ts";
import { noteChange } from "./changes.ts";
import { findRow } from "./read-records.ts";
import { encodeText, recordOf } from "./record-row.ts";
import { indexesOf } from "./selection.ts";

/** A record to be changed, and what it is to hold. */
export interface RecordUpdate<K extends RecordKind> {
  readonly kind: K;
  readonly id: string;
  /** That it has to have. */
  readonly version: number;
  readonly body: RecordBodies[K];
}

/**
 * Stores a new record.
 * @throws LatchkeyError LK-6109 where the id is taken, LK-2102 where no text can hold it
 */
export function insertRecord<K extends RecordKind>(
  database: Database,
  { kind, id, tenant, body }: NewRecord<K>,
  nowMs: number,
): StoredRecord<K> {
  const values = valuesOf(kind, body);
  // UTF-8 has no halves of surrogate pairs, so two such ids would become the same.
  if (!id.isWellFormed()) throw new LatchkeyError("LK-2102", "The id is not a text.", { param: "id" });
  if (findRow(database, kind, id) !== null) throw new LatchkeyError("LK-6109", undefined, { param: "id" });
  const scope = encodeText(tenant);
  const text = JSON.stringify(body);
  const { lastInsertRowid } = database
    .query(
      "INSERT INTO records (kind, id, scope, version, created_at, updated_at, body) VALUES (?, ?, ?, 1, ?, ?, ?)",
    )
    .run(kind, id, scope, nowMs, nowMs, text);
  const add = database.query("INSERT INTO record_values (field, value, position, scope) VALUES (?, ?, ?, ?)");
  for (const [field, value] of values) add.run(field, value, lastInsertRowid, scope);
  noteChange(database, kind, id);
  return { kind, id, tenant, version: 1, createdAtMs: nowMs, updatedAtMs: nowMs, body: JSON.parse(text) };
}

/**
 * Puts a new body in place of the present one.
 * @throws LatchkeyError LK-6110 where the record is not there or has another version
 */
export function updateRecord<K extends RecordKind>(
  database: Database,
  { kind, id, version, body }: RecordUpdate<K>,
  nowMs: number,
): StoredRecord<K> {
  const row = findRow(database, kind, id);
  if (row === null || row.version !== version) throw new LatchkeyError("LK-6110");
  const text = JSON.stringify(body);
  database
    .query("UPDATE records SET version = ?, updated_at = ?, body = ? WHERE position = ?")
    .run(version + 1, nowMs, text, row.position);
  const before = new Map(valuesOf(kind, recordOf(kind, row).body));
  const move = database.query(
    "UPDATE record_values SET value = ? WHERE field = ? AND value = ? AND position = ?",
  );
  for (const [field, value] of valuesOf(kind, body)) {
    const old = before.get(field) ?? "";
    if (old !== value) move.run(value, field, old, row.position);
  }
  noteChange(database, kind, id);
  return recordOf(kind, { ...row, version: version + 1, updated_at: nowMs, body: text });
}

/** Removes a record, if it is there. */
export function removeRecord(database: Database, kind: RecordKind, id: string): void {
  const row = findRow(database, kind, id);
  if (row === null) return;
  const forget = database.query("DELETE FROM record_values WHERE field = ? AND value = ? AND position = ?");
  for (const [field, value] of valuesOf(kind, recordOf(kind, row).body))
    forget.run(field, value, row.position);
  database.query("DELETE FROM records WHERE position = ?").run(row.position);
  noteChange(database, kind, id);
}

/** Indexed members of a body, as they are stored. */
function valuesOf(kind: RecordKind, body: object): readonly (readonly [field: string, value: string])[] {
  const members = new Map<string, unknown>(Object.entries(body));
  return indexesOf(kind).map((member) => {
    const value = members.get(member);
    return [`${kind}.${member}`, encodeText(typeof value === "string" ? value : null)];
  });
}
