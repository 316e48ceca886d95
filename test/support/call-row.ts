import type { CallRecord } from "../../src/canonical/call-record.ts";

/** A row of the call log with everything filled in. */
export function callRow(fields: Partial<CallRecord> = {}): CallRecord {
  return {
    time: 1_700_000_000_000,
    requestId: "req_1",
    artifact: "a".repeat(64),
    tenant: "acme",
    app: "shop",
    key: "production",
    service: "texts",
    endpoint: null,
    model: "fast",
    target: "oai/gpt-4o-mini",
    method: "POST",
    path: "/v1/chat/completions",
    status: 200,
    errorCode: null,
    errorDetail: null,
    stream: false,
    attempts: 1,
    usage: { input: 10, output: 5, cacheRead: 2, cacheWrite: 1, reasoning: 3 },
    costNanoUsd: 4_500,
    latencyUs: 12_345,
    firstByteUs: 10_000,
    requestBytes: 300,
    responseBytes: 600,
    dropped: null,
    changed: null,
    ...fields,
  };
}
