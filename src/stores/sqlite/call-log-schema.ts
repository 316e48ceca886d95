import type { Database } from "bun:sqlite";

/** Version of the tables, kept in `user_version`. */
export const callLogVersion = 1;

/** Columns of a call in the order in which the batches carry them. */
export const callColumns = [
  "time",
  "request_id",
  "artifact",
  "tenant",
  "app",
  "key",
  "service",
  "endpoint",
  "model",
  "target",
  "method",
  "path",
  "status",
  "error_code",
  "error_detail",
  "stream",
  "attempts",
  "input_tokens",
  "output_tokens",
  "cache_read_tokens",
  "cache_write_tokens",
  "reasoning_tokens",
  "cost_nano_usd",
  "latency_us",
  "first_byte_us",
  "request_bytes",
  "response_bytes",
] as const;

const TABLES = `
CREATE TABLE calls (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  request_id TEXT NOT NULL,
  artifact TEXT NOT NULL,
  tenant TEXT,
  app TEXT,
  key TEXT,
  service TEXT,
  endpoint TEXT,
  model TEXT,
  target TEXT,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  status INTEGER NOT NULL,
  error_code TEXT,
  error_detail TEXT,
  stream INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  input_tokens INTEGER,
  output_tokens INTEGER,
  cache_read_tokens INTEGER,
  cache_write_tokens INTEGER,
  reasoning_tokens INTEGER,
  cost_nano_usd INTEGER,
  latency_us INTEGER NOT NULL,
  first_byte_us INTEGER,
  request_bytes INTEGER NOT NULL,
  response_bytes INTEGER NOT NULL
) STRICT;
CREATE INDEX calls_by_time ON calls (time);
CREATE INDEX calls_by_request ON calls (request_id);
CREATE INDEX calls_by_tenant ON calls (tenant, time);
CREATE TABLE call_loss (
  time INTEGER NOT NULL,
  rows INTEGER NOT NULL
) STRICT;
`;

/**
 * Makes the tables where they are missing.
 * @throws Error when the file belongs to a newer version or to something else.
 */
export function migrateCallLog(database: Database): void {
  const version = (database.query("PRAGMA user_version").get() as { user_version: number }).user_version;
  if (version > callLogVersion)
    throw new Error(`the call log was written by a newer Latchkey (version ${version})`);
  if (version === callLogVersion) return;
  database.transaction(() => {
    database.run(TABLES);
    database.run(`PRAGMA user_version = ${callLogVersion}`);
  })();
}
