import type { StoredRecord } from "../../record-store.ts";
import type { RecordKind } from "../../records/kinds.ts";

/** A row of `records`. */
export interface RecordRow {
  readonly position: number;
  readonly kind: string;
  readonly id: string;
  readonly scope: string;
  readonly version: number;
  readonly created_at: number;
  readonly updated_at: number;
  readonly body: string;
}

/** A text or null as it is stored where it has to be compared: `=` and the text, or nothing. */
export function encodeText(text: string | null): string {
  return text === null ? "" : `=${text}`;
}

/** The record in a row. */
export function recordOf<K extends RecordKind>(kind: K, row: RecordRow): StoredRecord<K> {
  return {
    kind,
    id: row.id,
    tenant: row.scope === "" ? null : row.scope.slice(1),
    version: row.version,
    createdAtMs: row.created_at,
    updatedAtMs: row.updated_at,
    body: JSON.parse(row.body),
  };
}
