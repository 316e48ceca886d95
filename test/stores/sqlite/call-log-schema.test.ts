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
  const columns = ["position", ...kindColumns, ...callColumns];
  const insert = database.prepare<void, (string | number | null)[]>(
    `INSERT INTO calls (${columns.join()}) VALUES (${columns.map(() => "?")})`,
  );
  for (const [position, row] of rows)
    insert.run(position, ...kindValues(row), ...callValues(row, 0).slice(1));
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
