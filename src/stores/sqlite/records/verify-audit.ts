import type { Database } from "bun:sqlite";
import { sha256Hex } from "../../../kernel/hash.ts";
import { canonicalJson, isJsonObject, tryParseJson } from "../../../kernel/json.ts";
import type { AuditBreak, RecordStore } from "../../record-store.ts";
import { type AuditRow, auditHead } from "./audit-log.ts";

/** Entries that are looked at without a pause for other work. */
const BATCH = 1_000;

/** Follows the chain of the audit log from its beginning up to the last entry that was written. */
export async function verifyAudit(database: Database): ReturnType<RecordStore["verifyAudit"]> {
  const head = auditHead(database);
  let entries = 0;
  let previousHash = "0".repeat(64);
  for (;;) {
    const rows = rowsAfter(database, entries);
    for (const row of rows) {
      const problem = problemOf(row, entries + 1, previousHash);
      if (problem !== undefined) return broken(entries, entries + 1, problem);
      entries += 1;
      previousHash = row.hash;
      if (entries === head.sequence && row.hash !== head.hash)
        return broken(entries, entries, "It is not the entry that was written last.");
    }
    if (rows.length < BATCH) break;
    await new Promise(setImmediate);
  }
  if (entries < head.sequence)
    return broken(entries, entries + 1, `It is missing, as are all up to ${head.sequence}.`);
  return { entries, broken: null };
}

function rowsAfter(database: Database, sequence: number): readonly AuditRow[] {
  return database
    .query<AuditRow, [number, number]>(
      "SELECT sequence, hash, entry FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?",
    )
    .all(sequence, BATCH);
}

function problemOf(row: AuditRow, sequence: number, previousHash: string): string | undefined {
  if (row.sequence !== sequence) return "It is missing.";
  const entry = tryParseJson(row.entry);
  if (!isJsonObject(entry) || canonicalJson(entry) !== row.entry) return "Its text has been changed.";
  if (sha256Hex(row.entry) !== row.hash) return "It does not have the hash that it was given.";
  if (entry["sequence"] !== sequence) return "It was written as another entry.";
  if (entry["previousHash"] !== previousHash) return "It does not follow the entry before.";
  return undefined;
}

function broken(
  entries: number,
  sequence: number,
  problem: string,
): { readonly entries: number; readonly broken: AuditBreak } {
  return { entries, broken: { sequence, problem } };
}
