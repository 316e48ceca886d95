import { Database, type SQLQueryBindings } from "bun:sqlite";
import { existsSync } from "node:fs";
import { LatchkeyError } from "../../kernel/error.ts";
import type { CallLogReader, CallLoss, CallQuery, StoredCall } from "../ports.ts";
import { callLogVersion } from "./call-log-schema.ts";

/** Conditions that compare a column with a value of the query. */
const EQUAL = {
  requestId: "request_id",
  tenant: "tenant",
  app: "app",
  key: "key",
  service: "service",
  endpoint: "endpoint",
  model: "model",
  target: "target",
  errorCode: "error_code",
} as const satisfies Partial<Record<keyof CallQuery, string>>;

const empty: CallLogReader = { read: () => [], losses: () => [], close() {} };

/**
 * Opens the call log for reading; works while it is being written. A file that is not there yet has no rows.
 * @throws LatchkeyError LK-6105 when the file is no call log.
 */
export function openCallLog(file: string): CallLogReader {
  if (!existsSync(file)) return empty;
  try {
    const database = new Database(file, { readonly: true, strict: true });
    database.run("PRAGMA busy_timeout = 5000");
    const { user_version } = database.query("PRAGMA user_version").get() as { user_version: number };
    if (user_version !== callLogVersion)
      throw new Error(`it has version ${user_version}, not ${callLogVersion}`);
    return reader(database);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LatchkeyError("LK-6105", `The call log ${file} cannot be read: ${reason}.`, { cause });
  }
}

function reader(database: Database): CallLogReader {
  return {
    read(query) {
      const { where, values } = conditions(query);
      const sql = `SELECT * FROM calls ${where} ORDER BY position DESC LIMIT ?`;
      const rows = database.prepare(sql).all(...values, query.limit) as readonly CallRow[];
      return rows.map(toCall).reverse();
    },
    losses: (sinceMs) =>
      database
        .query("SELECT time, rows FROM call_loss WHERE time >= ? ORDER BY time")
        .all(sinceMs) as readonly CallLoss[],
    close: () => database.close(),
  };
}

function conditions(query: CallQuery): {
  readonly where: string;
  readonly values: readonly SQLQueryBindings[];
} {
  const parts: string[] = [];
  const values: SQLQueryBindings[] = [];
  const add = (sql: string, ...bound: SQLQueryBindings[]): void => {
    parts.push(sql);
    values.push(...bound);
  };
  for (const [field, column] of Object.entries(EQUAL)) {
    const value = query[field as keyof typeof EQUAL];
    if (value !== undefined) add(`${column} = ?`, value);
  }
  if (query.sinceMs !== undefined) add("time >= ?", query.sinceMs);
  if (query.untilMs !== undefined) add("time < ?", query.untilMs);
  if (query.afterPosition !== undefined) add("position > ?", query.afterPosition);
  if (typeof query.status === "number") add("status = ?", query.status);
  else if (query.status !== undefined) {
    const first = Number(query.status.charAt(0)) * 100;
    add("status BETWEEN ? AND ?", first, first + 99);
  }
  return { where: parts.length === 0 ? "" : `WHERE ${parts.join(" AND ")}`, values };
}

/** A row as SQLite answers it. */
interface CallRow {
  readonly [column: string]: string | number | null;
}

function toCall(row: CallRow): StoredCall {
  const text = (column: string): string | null => row[column] as string | null;
  const count = (column: string): number | null => row[column] as number | null;
  const input = count("input_tokens");
  return {
    position: count("position") ?? 0,
    time: count("time") ?? 0,
    requestId: text("request_id") ?? "",
    artifact: text("artifact") ?? "",
    tenant: text("tenant"),
    app: text("app"),
    key: text("key"),
    service: text("service"),
    endpoint: text("endpoint"),
    model: text("model"),
    target: text("target"),
    method: text("method") ?? "",
    path: text("path") ?? "",
    status: count("status") ?? 0,
    errorCode: text("error_code"),
    errorDetail: text("error_detail"),
    stream: count("stream") === 1,
    attempts: count("attempts") ?? 0,
    usage:
      input === null
        ? null
        : {
            input,
            output: count("output_tokens") ?? 0,
            cacheRead: count("cache_read_tokens") ?? 0,
            cacheWrite: count("cache_write_tokens") ?? 0,
            reasoning: count("reasoning_tokens") ?? 0,
          },
    costNanoUsd: count("cost_nano_usd"),
    latencyUs: count("latency_us") ?? 0,
    firstByteUs: count("first_byte_us"),
    requestBytes: count("request_bytes") ?? 0,
    responseBytes: count("response_bytes") ?? 0,
  };
}
