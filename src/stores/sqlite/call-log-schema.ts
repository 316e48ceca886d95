import { callColumns, kindColumns } from "./call-columns.ts";
import type { DatabaseKind } from "./database-kind.ts";

/**
 * `call_sinks` tells how far the batches of each sink are stored, in the same transaction as the batches: a
 * sink whose writer ended learns from it what to send again.
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

/** `call_times` took the place of an index over time. */
const SPARSE_TIMES = `
DROP INDEX calls_by_time;
DROP INDEX calls_by_tenant;
CREATE TABLE call_times (
  time INTEGER PRIMARY KEY,
  position INTEGER NOT NULL
) STRICT;
`;

/** The columns that there were when calls were first kept in batches. */
const FIRST_COLUMNS = callColumns.slice(0, callColumns.indexOf("response_bytes") + 1);

/** Later columns are null in the batches from before them. */
function viewOf(columns: readonly string[]): string {
  const ofKind = kindColumns.map((name, place) => `kind.value ->> ${place} AS ${name}`);
  const ofCall = columns.map((name, place) => `call.value ->> ${place + 1} AS ${name}`);
  return `
CREATE VIEW calls AS
SELECT batch.position + call.key AS position, ${ofCall.join(", ")}, ${ofKind.join(", ")}
FROM call_batches AS batch, json_each(batch.calls) AS call, json_each(batch.kinds) AS kind
WHERE kind.key = call.value ->> 0;
`;
}

/**
 * Calls are kept as they come from the sinks, in batches: a row of a table and its index entries for each call
 * cost more than all else that is done for it. `position` is that of the first call; the others follow. What a
 * query needs to pass a batch over (times, kinds) stands before its calls, which are read only where they are wanted.
 * The newest batch is never removed, so no position is used twice. The view `calls` is for people.
 */
const BATCHES = `
CREATE TABLE call_batches (
  position INTEGER PRIMARY KEY,
  rows INTEGER NOT NULL,
  first_time INTEGER NOT NULL,
  last_time INTEGER NOT NULL,
  kinds TEXT NOT NULL,
  calls TEXT NOT NULL
) STRICT;
CREATE INDEX call_batches_by_time ON call_batches (last_time, first_time);
INSERT INTO call_batches
SELECT min(position), count(*), min(time), max(time),
  json_group_array(json_array(${kindColumns.join(", ")}) ORDER BY position),
  json_group_array(json_array(place, ${FIRST_COLUMNS.join(", ")}) ORDER BY position)
FROM (
  SELECT *, row_number() OVER (PARTITION BY position - number, number / 256 ORDER BY position) - 1 AS place
  FROM (SELECT *, row_number() OVER (ORDER BY position) AS number FROM calls)
)
GROUP BY position - number, number / 256;
DROP TABLE calls;
DROP TABLE call_times;
ALTER TABLE call_sinks DROP COLUMN refused;
${viewOf(FIRST_COLUMNS)}`;

const DROPPED_AND_DETAILS = `
DROP VIEW calls;
${viewOf(callColumns.slice(0, callColumns.indexOf("usage_details") + 1))}`;

const CHANGED = `
DROP VIEW calls;
${viewOf(callColumns)}`;

/** The call log: `LKCL`. */
export const callLogKind: DatabaseKind = {
  name: "call log",
  applicationId: 0x4c_4b_43_4c,
  migrations: [FIRST, SPARSE_TIMES, BATCHES, DROPPED_AND_DETAILS, CHANGED],
};
