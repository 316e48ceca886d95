import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { CallRecord } from "../../../src/canonical/call-record.ts";
import { createRequestIds } from "../../../src/kernel/id.ts";
import type { CallQuery } from "../../../src/stores/ports.ts";
import { candidateBatches } from "../../../src/stores/sqlite/call-batches.ts";
import { openCallLog } from "../../../src/stores/sqlite/call-log-reader.ts";
import type { CallSinkOptions } from "../../../src/stores/sqlite/call-sink.ts";
import { callRow } from "../../support/call-row.ts";
import { callLogs } from "./support/call-log-fixture.ts";

const calls = callLogs();
const now = Date.now();

async function logOf(rows: readonly CallRecord[], options: Partial<CallSinkOptions> = {}) {
  const fixture = await calls.start();
  const sink = fixture.connectSink({ maxQueuedRows: rows.length, ...options });
  for (const row of rows) sink.record(row);
  await sink.flush();
  return fixture;
}

describe("a query", () => {
  test("finds what it asks for", async () => {
    const { read } = await logOf([
      callRow({ time: now, requestId: "a", status: 200, tenant: "x", app: "one" }),
      callRow({ time: now + 10, requestId: "b", status: 502, errorCode: "LK-3002", key: "spare" }),
      callRow({ time: now + 20, requestId: "c", status: 504, endpoint: "sentiment@1.0.0", service: "other" }),
      callRow({ time: now + 5, requestId: "d", status: 404, model: "slow", target: "x/y" }),
    ]);
    const ids = (query: Partial<CallQuery>): string =>
      read(query)
        .map((row) => row.requestId)
        .join("");
    expect(ids({})).toBe("abcd");
    expect(ids({ limit: 2 })).toBe("cd");
    expect(ids({ limit: 0 })).toBe("");
    expect(ids({ limit: -5 })).toBe("");
    expect(ids({ requestId: "c" })).toBe("c");
    expect(ids({ tenant: "x" })).toBe("a");
    expect(ids({ app: "one" })).toBe("a");
    expect(ids({ key: "spare" })).toBe("b");
    expect(ids({ service: "other" })).toBe("c");
    expect(ids({ endpoint: "sentiment@1.0.0" })).toBe("c");
    expect(ids({ model: "slow" })).toBe("d");
    expect(ids({ target: "x/y" })).toBe("d");
    expect(ids({ errorCode: "LK-3002", model: "fast" })).toBe("b");
    expect(ids({ status: "5xx" })).toBe("bc");
    expect(ids({ status: "4xx" })).toBe("d");
    expect(ids({ status: "2xx" })).toBe("a");
    expect(ids({ status: 502 })).toBe("b");
    expect(ids({ status: 200 })).toBe("a");
    expect(ids({ status: "5xx", tenant: "x" })).toBe("");
    expect(ids({ sinceMs: now + 10 })).toBe("bc");
    expect(ids({ sinceMs: now + 5, untilMs: now + 20 })).toBe("bd");
    expect(ids({ afterPosition: read()[1]?.position ?? 0 })).toBe("cd");
    expect(ids({ afterPosition: 1_000 })).toBe("");
  });

  test("agrees with plain filtering, whatever is combined", async () => {
    const name = fc.constantFrom("a", "b", null);
    const row = fc.record({
      time: fc.integer({ min: now, max: now + 10 }),
      tenant: name,
      app: name,
      endpoint: name,
      model: name,
      errorCode: name,
      status: fc.constantFrom(200, 204, 400, 404, 502, 599),
    });
    const rows = fc.sample(row, 300).map(callRow);
    const { read } = await logOf(rows, { maxBatchRows: 13 });
    const stored = read();
    const text = fc.constantFrom("a", "b");
    const query = fc.record(
      {
        sinceMs: fc.integer({ min: now, max: now + 10 }),
        untilMs: fc.integer({ min: now, max: now + 10 }),
        tenant: text,
        app: text,
        endpoint: text,
        model: text,
        errorCode: text,
        status: fc.constantFrom<NonNullable<CallQuery["status"]>>(200, 404, 502, "2xx", "4xx", "5xx"),
        afterPosition: fc.nat(300),
        limit: fc.constantFrom(1, 7, 1_000),
      },
      { requiredKeys: ["limit"] },
    );
    fc.assert(
      fc.property(query, (asked) => {
        const expected = stored.filter((call) => holds(asked, call)).slice(-asked.limit);
        expect(read(asked)).toEqual(expected);
      }),
    );
  });

  test("is never part of the SQL", async () => {
    const { read } = await logOf([callRow({ time: now }), callRow({ time: now })]);
    const evil = "' OR 1=1; DROP TABLE calls; --";
    const fields = [
      "requestId",
      "tenant",
      "app",
      "key",
      "service",
      "endpoint",
      "model",
      "target",
      "errorCode",
    ];
    for (const field of fields) expect(read({ [field]: evil })).toEqual([]);
    expect(read({ status: "5xx OR 1=1" as "5xx" })).toEqual([]);
    expect(read()).toHaveLength(2);
  });

  test("finds a call by its id and looks no further than its time", async () => {
    const ids = createRequestIds();
    const rows = Array.from({ length: 60 }, (_, index) => {
      const time = now + Math.floor(index / 2);
      return callRow({ time, requestId: ids.next(time) });
    });
    const { file, read } = await logOf(rows, { maxBatchRows: 4 });
    for (const row of rows) expect(read({ requestId: row.requestId })).toMatchObject([row]);
    expect(read({ requestId: ids.next(now + 3) })).toEqual([]);
    expect(read({ requestId: ids.next(now + 3), sinceMs: now + 4 })).toEqual([]);
    const [sought] = rows;
    const database = new Database(file, { readonly: true });
    const candidates = [...candidateBatches(database, { requestId: sought?.requestId ?? "", limit: 1 })];
    expect(candidates.map(({ position }) => position)).toEqual([1]);
    database.close();
  });

  test("reads no batch that is too old, and none that it need not", async () => {
    const rows = Array.from({ length: 100 }, (_, index) => callRow({ time: now + index }));
    const { file } = await logOf(rows, { maxBatchRows: 10 });
    const database = new Database(file, { readonly: true });
    const positions = (query: Partial<CallQuery>): readonly number[] =>
      [...candidateBatches(database, { limit: 1, ...query })].map(({ position }) => position);
    expect(positions({})).toEqual([91, 81, 71, 61, 51, 41, 31, 21, 11, 1]);
    expect(positions({ sinceMs: now + 75 })).toEqual([91, 81, 71]);
    expect(positions({ sinceMs: now + 75, untilMs: now + 80 })).toEqual([71]);
    expect(positions({ afterPosition: 89 })).toEqual([91, 81]);
    expect(positions({ afterPosition: 90 })).toEqual([91]);
    expect(positions({ afterPosition: 1_000 })).toEqual([91]);
    expect(positions({ sinceMs: now + 100 })).toEqual([]);
    database.close();
  });
});

describe("the view for people", () => {
  test("shows what is stored", async () => {
    const rows = [
      callRow({ time: now, requestId: "a", stream: true, usage: null, costNanoUsd: null }),
      callRow({ time: now + 1, requestId: "b", status: 404, errorCode: "LK-2004", errorDetail: "it's" }),
      callRow({ time: now + 2, requestId: "c" }),
    ];
    const { file } = await logOf(rows);
    const database = new Database(file, { readonly: true });
    const shown = database.query("SELECT * FROM calls ORDER BY position").all();
    expect(shown).toEqual(rows.map((row, index) => viewed(row, index + 1)));
    expect(database.query("SELECT status, count(*) AS n FROM calls GROUP BY status").all()).toEqual([
      { status: 200, n: 2 },
      { status: 404, n: 1 },
    ]);
    database.close();
  });
});

test("a reader follows the writer at work", async () => {
  const { file, connectSink } = await calls.start();
  const sink = connectSink({ maxBatchRows: 10 });
  const reader = openCallLog(file);
  const seen: string[] = [];
  let position = 0;
  const look = (): void => {
    const rows = reader.read({ afterPosition: position, limit: 100_000 });
    position = rows.at(-1)?.position ?? position;
    seen.push(...rows.map((row) => row.requestId));
  };
  const sent = Array.from({ length: 500 }, (_, index) => `req_${index}`);
  for (const [index, requestId] of sent.entries()) {
    sink.record(callRow({ time: now, requestId }));
    if (index % 50 === 0) await sink.flush();
    look();
  }
  await sink.flush();
  look();
  expect(seen).toEqual(sent);
  reader.close();
});

function holds(query: CallQuery, call: CallRecord & { readonly position: number }): boolean {
  const equal = ["tenant", "app", "endpoint", "model", "errorCode"] as const;
  const status = typeof query.status === "string" ? Math.floor(call.status / 100) * 100 : call.status;
  const wanted = typeof query.status === "string" ? Number(query.status.charAt(0)) * 100 : query.status;
  return (
    equal.every((field) => query[field] === undefined || query[field] === call[field]) &&
    (wanted === undefined || wanted === status) &&
    call.time >= (query.sinceMs ?? 0) &&
    call.time < (query.untilMs ?? Number.POSITIVE_INFINITY) &&
    call.position > (query.afterPosition ?? 0)
  );
}

/** A row as the view names it. */
function viewed(row: CallRecord, position: number): object {
  const { requestId, errorCode, errorDetail, stream, usage, ...same } = row;
  const { costNanoUsd, latencyUs, firstByteUs, requestBytes, responseBytes, ...named } = same;
  return {
    ...named,
    position,
    request_id: requestId,
    error_code: errorCode,
    error_detail: errorDetail,
    stream: Number(stream),
    input_tokens: usage?.input ?? null,
    output_tokens: usage?.output ?? null,
    cache_read_tokens: usage?.cacheRead ?? null,
    cache_write_tokens: usage?.cacheWrite ?? null,
    reasoning_tokens: usage?.reasoning ?? null,
    cost_nano_usd: costNanoUsd,
    latency_us: latencyUs,
    first_byte_us: firstByteUs,
    request_bytes: requestBytes,
    response_bytes: responseBytes,
    usage_details: null,
  };
}
