import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import type { CallRecord } from "../../../src/canonical/call-record.ts";
import { callColumns, kindColumns } from "../../../src/stores/sqlite/call-columns.ts";
import { callLogKind } from "../../../src/stores/sqlite/call-log-schema.ts";
import { callValues, kindValues } from "../../../src/stores/sqlite/call-values.ts";
import { callRow } from "../../support/call-row.ts";
import { callLogs } from "./support/call-log-fixture.ts";

const calls = callLogs();
const now = Date.now();

/** A file as an older version left it, its rows at these positions. */
function olderFile(version: number, rows: ReadonlyMap<number, CallRecord>): string {
  const file = calls.newFile();
  const database = new Database(file);
  for (const sql of callLogKind.migrations.slice(0, version)) database.run(sql);
  const known = callColumns.indexOf("response_bytes") + 1;
  const columns = ["position", ...kindColumns, ...callColumns.slice(0, known)];
  const insert = database.prepare<void, (string | number | null)[]>(
    `INSERT INTO calls (${columns.join()}) VALUES (${columns.map(() => "?")})`,
  );
  // One transaction: a disk that is busy takes its time for each.
  database.run("BEGIN");
  for (const [position, row] of rows)
    insert.run(position, ...kindValues(row), ...callValues(row, 0).slice(1, known + 1));
  database.run("COMMIT");
  insert.finalize();
  database.run("INSERT INTO call_sinks VALUES ('old/1', 7, 2, 5)");
  database.run("INSERT INTO call_loss VALUES (6, 3)");
  database.run(`PRAGMA application_id = ${callLogKind.applicationId}`);
  database.run(`PRAGMA user_version = ${version}`);
  database.close();
  return file;
}

test.each([1, 2])("calls of a file of version %d keep their places and values", async (version) => {
  const rows = new Map<number, CallRecord>();
  for (let position = 3; position < 1_300; position++) {
    // Gaps, as a sweep may have left them.
    if (position === 40 || (position > 600 && position < 800)) continue;
    const time = now - (1_300 - position) * 60_000;
    const fields = { time, requestId: `req "${position}"`, model: position % 7 === 0 ? null : "fäst" };
    rows.set(position, callRow({ ...fields, ...(position % 5 === 0 && { usage: null, stream: true }) }));
  }
  const file = olderFile(version, rows);
  const { read, noted, connectSink } = await calls.start({ file, keepMs: Number.POSITIVE_INFINITY });
  expect(read()).toEqual([...rows].map(([position, row]) => ({ position, ...row })));
  expect(noted()).toBe(3);
  for (const minutes of [0, 1, 7, 499, 500]) {
    expect(read({ sinceMs: now - minutes * 60_000 })).toHaveLength(minutes);
  }
  const sink = connectSink();
  sink.record(callRow({ time: now, requestId: "new" }));
  await sink.flush();
  expect(read({ afterPosition: 1_299 })).toMatchObject([{ position: 1_300, requestId: "new" }]);
});

test("a file of an older version without calls becomes an empty one", async () => {
  const { read } = await calls.start({ file: olderFile(2, new Map()) });
  expect(read()).toEqual([]);
});

test("calls of a file of version 3, which knew neither what was left out nor details of usage, are read", async () => {
  const file = calls.newFile();
  const database = new Database(file);
  for (const sql of callLogKind.migrations.slice(0, 3)) database.run(sql);
  const row = callRow({ time: now });
  const known = callColumns.indexOf("response_bytes") + 1;
  const kinds = JSON.stringify([kindValues(row)]);
  const batch = JSON.stringify([callValues(row, 0).slice(0, known + 1)]);
  database.run("INSERT INTO call_batches VALUES (1, 1, ?, ?, ?, ?)", [now, now, kinds, batch]);
  database.run(`PRAGMA application_id = ${callLogKind.applicationId}`);
  database.run("PRAGMA user_version = 3");
  database.close();
  const { read } = await calls.start({ file, keepMs: Number.POSITIVE_INFINITY });
  expect(read()).toEqual([{ position: 1, ...row }]);
});

test("calls of a file of version 4, which did not tell what was changed from what was left out, are read", async () => {
  const file = calls.newFile();
  const database = new Database(file);
  for (const sql of callLogKind.migrations.slice(0, 4)) database.run(sql);
  const row = callRow({ time: now, dropped: "seed" });
  const known = callColumns.indexOf("usage_details") + 1;
  const batch = JSON.stringify([callValues(row, 0).slice(0, known + 1)]);
  const kinds = JSON.stringify([kindValues(row)]);
  database.run("INSERT INTO call_batches VALUES (1, 1, ?, ?, ?, ?)", [now, now, kinds, batch]);
  database.run(`PRAGMA application_id = ${callLogKind.applicationId}`);
  database.run("PRAGMA user_version = 4");
  database.close();
  const { read } = await calls.start({ file, keepMs: Number.POSITIVE_INFINITY });
  expect(read()).toEqual([{ position: 1, ...row, changed: null }]);
});

test("what was left out and all kinds of usage are kept", async () => {
  const { read, connectSink } = await calls.start();
  const usage = {
    input: 9,
    output: 5,
    cacheRead: 0,
    cacheWrite: 0,
    reasoning: 0,
    cacheWriteHour: 4,
    audioInput: 2,
  };
  const row = callRow({ time: now, dropped: "seed, store", changed: "top_p", usage });
  const sink = connectSink();
  sink.record(row);
  await sink.flush();
  expect(read()).toMatchObject([{ dropped: "seed, store", changed: "top_p", usage }]);
});
