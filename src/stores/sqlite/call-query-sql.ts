import type { CallQuery } from "../ports.ts";

/** A condition, and the values of its places. */
export interface CallQuerySql {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** Columns that are compared with a field of the query. */
const EQUAL = [
  ["requestId", "request_id"],
  ["tenant", "tenant"],
  ["app", "app"],
  ["key", "key"],
  ["service", "service"],
  ["endpoint", "endpoint"],
  ["model", "model"],
  ["target", "target"],
  ["errorCode", "error_code"],
] as const satisfies readonly (readonly [keyof CallQuery, string])[];

/** A position before which nothing began at a time or later. */
const FIRST_POSITION_SINCE =
  "coalesce((SELECT position FROM call_times WHERE time <= ? ORDER BY time DESC LIMIT 1), 0)";

/**
 * The SQL of a query: the newest rows first. Nothing of the query is ever part of the text.
 * @param source `calls NOT INDEXED` to read backwards whatever indexes there are.
 */
export function callQuerySql(
  query: CallQuery,
  source: "calls" | "calls NOT INDEXED" = "calls",
): CallQuerySql {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const add = (sql: string, ...bound: (string | number)[]): void => {
    conditions.push(sql);
    values.push(...bound);
  };
  for (const [field, column] of EQUAL) {
    const value = query[field];
    if (value !== undefined) add(`${column} = ?`, value);
  }
  if (query.sinceMs !== undefined) {
    add("time >= ?", query.sinceMs);
    add(`position >= ${FIRST_POSITION_SINCE}`, query.sinceMs);
  }
  if (query.untilMs !== undefined) add("time < ?", query.untilMs);
  if (query.afterPosition !== undefined) add("position > ?", query.afterPosition);
  if (query.status !== undefined) {
    const hundreds = Number(String(query.status).charAt(0));
    // Written as the index over failures is, so that SQLite recognises it.
    add("status / 100 = ?", hundreds);
    if (hundreds >= 4) add("status >= 400");
    if (typeof query.status === "number") add("status = ?", query.status);
  }
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")} `;
  // A negative limit would be none to SQLite.
  values.push(Math.max(0, Math.trunc(query.limit)));
  return { sql: `SELECT * FROM ${source} ${where}ORDER BY position DESC LIMIT ?`, values };
}
