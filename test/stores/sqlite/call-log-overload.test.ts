import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import type { CallRecord } from "../../../src/canonical/call-record.ts";
import { callRow } from "../../support/call-row.ts";
import { callLogs } from "./support/call-log-fixture.ts";

const calls = callLogs();
const recent = { time: Date.now() };

/** Locks a file as another program would; answers what lets it go. */
function lock(file: string): () => void {
  const other = new Database(file);
  other.run("BEGIN EXCLUSIVE");
  return () => {
    other.run("ROLLBACK");
    other.close();
  };
}

describe("overload", () => {
  test("loses what is over the bound, counts it and says how much it was", async () => {
    const { connectSink, read, noted, problems } = await calls.start();
    const sink = connectSink({ maxQueuedRows: 50, maxBatchRows: 20 });
    for (let index = 0; index < 500; index++) sink.record(callRow(recent));
    expect(sink.lost()).toBe(450);
    await sink.flush();
    sink.record(callRow(recent));
    await sink.flush();
    expect([read().length, sink.lost(), noted()]).toEqual([51, 450, 450]);
    expect(problems).toEqual(["the call log lost 450 rows, 450 so far: more calls end than can be written"]);
  });

  test("while the file is locked loses nothing under the bound", async () => {
    const { file, connectSink, read, noted } = await calls.start();
    const sink = connectSink({ maxQueuedRows: 100, maxBatchRows: 10 });
    const unlock = lock(file);
    for (let index = 0; index < 130; index++) sink.record(callRow({ ...recent, requestId: `req_${index}` }));
    const flushed = sink.flush();
    unlock();
    await flushed;
    expect(read().map((row) => row.requestId)).toEqual(
      Array.from({ length: 100 }, (_, index) => `req_${index}`),
    );
    expect([sink.lost(), noted()]).toEqual([30, 30]);
  });

  test("of two sinks is counted for each", async () => {
    const { connectSink, read, noted } = await calls.start();
    const small = connectSink({ maxQueuedRows: 3 });
    const large = connectSink({ maxQueuedRows: 30 });
    for (let index = 0; index < 20; index++) for (const sink of [small, large]) sink.record(callRow(recent));
    await Promise.all([small.flush(), large.flush()]);
    expect([small.lost(), large.lost(), read().length, noted()]).toEqual([17, 0, 23, 17]);
  });
});

describe("a file that stays locked", () => {
  test("loses rows and nothing else, and notes them when it can", async () => {
    const { file, connectSink, read, noted, problems } = await calls.start({ busyTimeoutMs: 1 });
    const sink = connectSink({ maxBatchRows: 10 });
    const unlock = lock(file);
    for (let index = 0; index < 25; index++) sink.record(callRow(recent));
    await sink.flush();
    expect([sink.lost(), read().length]).toEqual([25, 0]);
    expect(problems.join()).toContain("the file cannot be written: database is locked");
    unlock();
    sink.record(callRow(recent));
    await sink.flush();
    expect([sink.lost(), read().length, noted()]).toEqual([25, 1, 25]);
  });
});

describe("a row that cannot be kept", () => {
  const odd = (fields: object): CallRecord => ({ ...callRow(recent), ...fields }) as CallRecord;

  test.each([
    ["a number that JSON has no word for", { status: 1n }],
    ["a text that is missing", { path: undefined }],
    [
      "an object for a text",
      {
        path: {
          length: 1,
          toJSON: () => {
            throw new Error("no");
          },
        },
      },
    ],
  ])("because of %s is lost alone", async (_, fields) => {
    const { connectSink, read, noted } = await calls.start();
    const sink = connectSink();
    for (const row of [callRow(recent), odd(fields), callRow(recent)]) sink.record(row);
    await sink.flush();
    expect([read().length, sink.lost(), noted()]).toEqual([2, 1, 1]);
  });

  test.each([
    ["not a number", { latencyUs: Number.NaN }],
    ["a fraction where there are none", { requestBytes: 1.5 }],
    ["null where a value belongs", { method: null }],
    ["a text for a number", { status: "many" }],
    ["a list for a text", { model: ["a"] }],
  ])("because of %s is refused by the file alone", async (_, fields) => {
    const { connectSink, read, noted, problems } = await calls.start();
    const sink = connectSink();
    for (const row of [callRow(recent), odd(fields), callRow(recent)]) sink.record(row);
    await sink.flush();
    expect([read().length, sink.lost(), noted()]).toEqual([2, 1, 1]);
    expect(problems.join()).toContain("a row was refused");
  });
});
