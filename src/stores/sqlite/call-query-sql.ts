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
  // Tells SQLite that the index over time finds few rows: what is not rare was found among the newest rows.
  if (query.sinceMs !== undefined) add("likelihood(time >= ?, 0.0001)", query.sinceMs);
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
