import type { Database } from "bun:sqlite";
import { timeOfRequestId } from "../../kernel/id.ts";
import type { CallQuery } from "../ports.ts";

/** A batch that may hold what a query asks for. */
export interface CandidateBatch {
  readonly position: number;
  readonly kinds: string;
}

/** Position of the batch that a position is in. */
const BATCH_OF = "SELECT max(position) AS position FROM call_batches WHERE position <= ?";
/** Position of the first batch in which something began at a time or later. */
const BATCH_SINCE = "SELECT min(position) AS position FROM call_batches WHERE last_time >= ?";

/** Few batches are from the time of one call, and the index leads to them. */
const OF_TIME = `
SELECT position, kinds FROM call_batches INDEXED BY call_batches_by_time
WHERE last_time >= ? AND first_time < ? AND position >= ? ORDER BY position DESC`;

/** Otherwise batches are read backwards, until there is enough. */
const BACKWARDS = `
SELECT position, kinds FROM call_batches NOT INDEXED
WHERE last_time >= ? AND first_time < ? AND position >= ? ORDER BY position DESC`;

const CALLS = "SELECT calls FROM call_batches WHERE position = ?";

/** The batches that may hold what a query asks for, the newest first, as far as they are asked for. */
export function* candidateBatches(database: Database, query: CallQuery): Generator<CandidateBatch> {
  const { afterPosition, requestId } = query;
  let { sinceMs = Number.MIN_SAFE_INTEGER, untilMs = Number.MAX_SAFE_INTEGER } = query;
  const requestMs = requestId === undefined ? undefined : timeOfRequestId(requestId);
  if (requestMs !== undefined) {
    sinceMs = Math.max(sinceMs, requestMs);
    untilMs = Math.min(untilMs, requestMs + 1);
  }
  let from = afterPosition === undefined ? 0 : (positionOf(database, BATCH_OF, afterPosition + 1) ?? 0);
  if (query.sinceMs !== undefined) {
    const since = positionOf(database, BATCH_SINCE, query.sinceMs);
    if (since === null) return;
    from = Math.max(from, since);
  }
  const sql = requestMs === undefined ? BACKWARDS : OF_TIME;
  using statement = database.prepare<CandidateBatch, number[]>(sql);
  yield* statement.iterate(sinceMs, untilMs, from);
}

/** Reads the calls of batches by their positions. */
export function callsOfBatch(database: Database, position: number): string {
  return database.query<{ readonly calls: string }, [number]>(CALLS).get(position)?.calls ?? "[]";
}

function positionOf(database: Database, sql: string, value: number): number | null {
  using statement = database.prepare<{ readonly position: number | null }, [number]>(sql);
  return statement.get(value)?.position ?? null;
}
