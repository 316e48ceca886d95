import { Database } from "bun:sqlite";
import { existsSync } from "node:fs";
import type { CallLogReader, CallLoss, CallQuery, StoredCall } from "../ports.ts";
import { callLogKind } from "./call-log-schema.ts";
import { callQuerySql } from "./call-query-sql.ts";
import { databaseVersion } from "./database-kind.ts";
import { guardStateFile } from "./guard-state-file.ts";
import { type StoredCallRow, toStoredCall } from "./stored-call.ts";

/** Milliseconds that a reader waits for a lock; it needs none as long as the log is only written to. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Rows that are read backwards before any index is asked. Most queries find what they want there, in some 50 ms
 * at most, where an index over a common value would list every row of a month to be sorted.
 */
const RECENT_ROWS = 100_000;

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
      guardStateFile(subject, () => select<CallLoss>(database, { sql: LOSSES, values: [sinceMs] })),
    close: () => database.close(),
  };
}

const NEWEST = "SELECT position FROM calls ORDER BY position DESC LIMIT 1";
const LOSSES = "SELECT time, rows FROM call_loss WHERE time >= ? ORDER BY time";

/** Oldest first. */
function readCalls(database: Database, query: CallQuery): readonly StoredCall[] {
  const [newest] = select<{ readonly position: number }>(database, { sql: NEWEST, values: [] });
  if (newest === undefined) return [];
  const afterPosition = Math.max(query.afterPosition ?? 0, newest.position - RECENT_ROWS);
  const recent = select(database, callQuerySql({ ...query, afterPosition }, "calls NOT INDEXED"));
  const isEnough =
    recent.length >= query.limit || afterPosition === query.afterPosition || afterPosition === 0;
  const rows = isEnough ? recent : select(database, callQuerySql(query));
  return rows.map(toStoredCall).reverse();
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

function select<Row = StoredCallRow>(
  database: Database,
  { sql, values }: { readonly sql: string; readonly values: readonly (string | number)[] },
): Row[] {
  using statement = database.prepare<Row, (string | number)[]>(sql);
  return statement.all(...values);
}
