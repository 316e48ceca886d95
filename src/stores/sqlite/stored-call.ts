import type { Usage } from "../../canonical/usage.ts";
import type { StoredCall } from "../ports.ts";

/** A row of the table `calls` as SQLite answers it. */
export interface StoredCallRow {
  readonly [column: string]: string | number | null;
}

/** A row of the table as a call. */
export function toStoredCall(row: StoredCallRow): StoredCall {
  const text = (column: string): string | null => row[column] as string | null;
  const number = (column: string): number | null => row[column] as number | null;
  return {
    position: number("position") ?? 0,
    time: number("time") ?? 0,
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
    status: number("status") ?? 0,
    errorCode: text("error_code"),
    errorDetail: text("error_detail"),
    stream: number("stream") === 1,
    attempts: number("attempts") ?? 0,
    usage: usageOf(row),
    costNanoUsd: number("cost_nano_usd"),
    latencyUs: number("latency_us") ?? 0,
    firstByteUs: number("first_byte_us"),
    requestBytes: number("request_bytes") ?? 0,
    responseBytes: number("response_bytes") ?? 0,
  };
}

function usageOf(row: StoredCallRow): Usage | null {
  if (row["input_tokens"] === null) return null;
  const count = (column: string): number => Number(row[column]);
  return {
    input: count("input_tokens"),
    output: count("output_tokens"),
    cacheRead: count("cache_read_tokens"),
    cacheWrite: count("cache_write_tokens"),
    reasoning: count("reasoning_tokens"),
  };
}
