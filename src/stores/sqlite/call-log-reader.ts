import { Database } from "bun:sqlite";
import { existsSync } from "node:fs";
import type { CallLogReader, CallLoss, CallQuery, StoredCall } from "../ports.ts";
import { callsOfBatch, candidateBatches } from "./call-batches.ts";
import { createCallFilter } from "./call-filter.ts";
import { callLogKind } from "./call-log-schema.ts";
import type { CallValues, KindValues } from "./call-values.ts";
import { databaseVersion } from "./database-kind.ts";
import { guardStateFile } from "./guard-state-file.ts";
import { toStoredCall } from "./stored-call.ts";

/** Milliseconds that a reader waits for a lock; it needs none as long as the log is only written to. */
const BUSY_TIMEOUT_MS = 5_000;

const empty: CallLogReader = { read: () => [], losses: () => [], close() {} };

/**
 * Opens the call log for reading; works while it is being written. A file that is not there yet, or has no
 * tables yet, has no rows.
 * @throws LatchkeyError LK-6105 when the file is no call log, belongs to another version or cannot be read.
 */
export function openCallLog(file: string): CallLogReader {
  if (!existsSync(file)) return empty;
  const subject = `The call log ${file}`;
  const database = guardStateFile(subject, () => open(file));
  if (database === undefined) return empty;
  return {
    read: (query) => guardStateFile(subject, () => readCalls(database, query)),
    losses: (sinceMs) =>
      guardStateFile(subject, () => database.query<CallLoss, [number]>(LOSSES).all(sinceMs)),
    close: () => database.close(),
  };
}

const LOSSES = "SELECT time, rows FROM call_loss WHERE time >= ? ORDER BY time";

/** Oldest first. Calls are looked through from the newest on, and no further than is needed. */
function readCalls(database: Database, query: CallQuery): readonly StoredCall[] {
  const found: StoredCall[] = [];
  if (query.limit < 1) return found;
  const filter = createCallFilter(query);
  for (const batch of candidateBatches(database, query)) {
    const kinds = JSON.parse(batch.kinds) as readonly KindValues[];
    const wanted = kinds.map((kind) => (filter.matchesKind(kind) ? kind : undefined));
    if (wanted.every((kind) => kind === undefined)) continue;
    const calls = JSON.parse(callsOfBatch(database, batch.position)) as readonly CallValues[];
    for (const [index, call] of [...calls.entries()].reverse()) {
      const kind = wanted[call[0]];
      const position = batch.position + index;
      if (kind === undefined || !filter.matchesCall(call, position)) continue;
      if (found.push(toStoredCall(position, kind, call)) >= query.limit) return found.reverse();
    }
  }
  return found.reverse();
}

function open(file: string): Database | undefined {
  const database = new Database(file, { readonly: true, strict: true });
  try {
    database.run(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    const version = databaseVersion(database, callLogKind);
    if (version === callLogKind.migrations.length) return database;
    if (version !== 0) throw new Error("it was written by an older Latchkey; start the gateway once");
    database.close();
    return undefined;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}
