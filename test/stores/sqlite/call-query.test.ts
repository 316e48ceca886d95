import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { CallRecord } from "../../../src/canonical/call-record.ts";
import type { CallQuery } from "../../../src/stores/ports.ts";
import { openCallLog } from "../../../src/stores/sqlite/call-log-reader.ts";
import { callColumns, callLogKind } from "../../../src/stores/sqlite/call-log-schema.ts";
import { callQuerySql } from "../../../src/stores/sqlite/call-query-sql.ts";
import { type CallValue, pushCallValues } from "../../../src/stores/sqlite/call-values.ts";
import { callRow } from "../../support/call-row.ts";
import { callLogs } from "./support/call-log-fixture.ts";

const calls = callLogs();
const now = Date.now();

async function logOf(rows: readonly CallRecord[]) {
  const fixture = await calls.start();
  const sink = fixture.connectSink({ maxQueuedRows: rows.length });
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
    const { read } = await logOf(rows);
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

  test("finds old rows behind many new ones", async () => {
    const { file, read } = await logOf([
      callRow({ time: now - 5_000, requestId: "old", model: "rare" }),
      callRow({ time: now - 4_000, requestId: "older" }),
    ]);
    const database = new Database(file);
    // A hundred thousand rows later, as far as positions tell.
    database.run("UPDATE calls SET position = position + 150000 WHERE position = 2");
    database.close();
    expect(read({ limit: 1 }).map((row) => row.requestId)).toEqual(["older"]);
    expect(read({ limit: 2 }).map((row) => row.requestId)).toEqual(["old", "older"]);
    expect(read({ limit: 9, model: "rare" }).map((row) => row.requestId)).toEqual(["old"]);
    expect(read({ limit: 9, sinceMs: now - 6_000, untilMs: now - 4_500 })).toHaveLength(1);
    expect(read({ limit: 9, afterPosition: 1 }).map((row) => row.requestId)).toEqual(["older"]);
  });
});

describe("an index", () => {
  const cases: readonly (readonly [Partial<CallQuery>, string])[] = [
    [{ requestId: "x" }, "calls_by_request"],
    [{ endpoint: "x" }, "calls_by_endpoint"],
    [{ errorCode: "x" }, "calls_by_error"],
    [{ status: "5xx" }, "calls_by_failure"],
    [{ status: 404 }, "calls_by_failure"],
    [{ sinceMs: 1 }, "SEARCH calls USING INTEGER PRIMARY KEY (rowid>?)"],
    [{ sinceMs: 1, untilMs: 2, model: "x" }, "SEARCH calls USING INTEGER PRIMARY KEY (rowid>?)"],
    [{ sinceMs: 1 }, "SEARCH call_times USING INTEGER PRIMARY KEY (rowid<?)"],
  ];

  test("is used where a scan would read the whole log", async () => {
    const { file } = await logOf([callRow({ time: now })]);
    const database = new Database(file, { readonly: true });
    for (const [query, index] of cases) {
      const { sql, values } = callQuerySql({ ...query, limit: 50 });
      const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
      expect(JSON.stringify(plan)).toContain(index);
    }
    database.close();
  });
});

test("rows of a file of the first version are found by their time once it is brought up to date", async () => {
  const file = calls.newFile();
  const database = new Database(file);
  database.run(callLogKind.migrations[0] ?? "");
  const insert = database.prepare(
    `INSERT INTO calls (${callColumns.join()}) VALUES (${callColumns.map(() => "?")})`,
  );
  for (let minute = 0; minute < 50; minute++) {
    const values: CallValue[] = [];
    pushCallValues(values, callRow({ time: now - (50 - minute) * 60_000, requestId: `minute-${minute}` }));
    insert.run(...values);
  }
  insert.finalize();
  database.run(`PRAGMA application_id = ${callLogKind.applicationId}`);
  database.run("PRAGMA user_version = 1");
  database.close();
  const { read } = await calls.start({ file });
  for (const minutes of [0, 1, 7, 49, 50]) {
    expect(read({ sinceMs: now - minutes * 60_000, limit: 99 })).toHaveLength(minutes);
  }
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
