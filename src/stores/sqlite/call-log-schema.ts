import type { DatabaseKind } from "./database-kind.ts";

/** Columns of a call in the order in which `pushCallValues` writes them. */
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

/**
 * `call_sinks` tells how far the batches of each sink are stored, in the same transaction as their rows: a
 * sink whose writer ended learns from it what to send again.
 *
 * Each index over a column of few values costs a quarter of storing the row, so there are few: what is rare
 * (failures, errors, endpoints) has one over those rows only; app, key, service, model and target have none and
 * are found by reading backwards. `position` has no AUTOINCREMENT, which costs a tenth; the newest row is never
 * removed, so positions are not used twice all the same.
 */
const FIRST = `
CREATE TABLE calls (
  position INTEGER PRIMARY KEY,
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
CREATE INDEX calls_by_tenant ON calls (tenant);
CREATE INDEX calls_by_endpoint ON calls (endpoint) WHERE endpoint IS NOT NULL;
CREATE INDEX calls_by_error ON calls (error_code) WHERE error_code IS NOT NULL;
CREATE INDEX calls_by_failure ON calls (status / 100) WHERE status >= 400;
CREATE TABLE call_loss (
  time INTEGER NOT NULL,
  rows INTEGER NOT NULL
) STRICT;
CREATE INDEX call_loss_by_time ON call_loss (time);
CREATE TABLE call_sinks (
  sink TEXT PRIMARY KEY,
  batch INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  time INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

/**
 * `call_times` takes the place of an index over time: it says from time to time that all calls before a position
 * were stored by then, so that what began later stands behind it. Tenants are found by reading backwards as well.
 */
const SPARSE_TIMES = `
DROP INDEX calls_by_time;
DROP INDEX calls_by_tenant;
CREATE TABLE call_times (
  time INTEGER PRIMARY KEY,
  position INTEGER NOT NULL
) STRICT;
`;

/** The call log: `LKCL`. */
export const callLogKind: DatabaseKind = {
  name: "call log",
  applicationId: 0x4c_4b_43_4c,
  migrations: [FIRST, SPARSE_TIMES],
};
