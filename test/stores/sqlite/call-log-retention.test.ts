import { describe, expect, test } from "bun:test";
import type { Clock } from "../../../src/kernel/clock.ts";
import { callLogKind } from "../../../src/stores/sqlite/call-log-schema.ts";
import { CallLogStore } from "../../../src/stores/sqlite/call-log-store.ts";
import { migrate } from "../../../src/stores/sqlite/database-kind.ts";
import { encodeRows } from "../../../src/stores/sqlite/encode-rows.ts";
import { openDatabase } from "../../../src/stores/sqlite/open-database.ts";
import { callRow } from "../../support/call-row.ts";
import { callLogs } from "./support/call-log-fixture.ts";

const calls = callLogs();
const DAY_MS = 86_400_000;

describe("old rows", () => {
  test("are gone after a start, by default those of more than 30 days", async () => {
    const now = Date.now();
    const first = await calls.start({ keepMs: Number.POSITIVE_INFINITY });
    const sink = first.connectSink();
    for (const [requestId, time] of [
      ["ancient", 1_000],
      ["31d", now - 31 * DAY_MS],
      ["29d", now - 29 * DAY_MS],
      ["now", now],
    ] as const) {
      sink.record(callRow({ time, requestId }));
      await sink.flush();
    }
    expect(first.read()).toHaveLength(4);
    await first.log.close();
    const second = await calls.start({ file: first.file });
    expect(second.read().map((row) => row.requestId)).toEqual(["29d", "now"]);
    await second.log.close();
    const third = await calls.start({ file: first.file, keepMs: 60_000 });
    expect(third.read().map((row) => row.requestId)).toEqual(["now"]);
  });

  test("go in steps until none is left", async () => {
    const first = await calls.start({ keepMs: Number.POSITIVE_INFINITY });
    const sink = first.connectSink({ maxBatchRows: 10 });
    for (let index = 0; index < 2_500; index++) sink.record(callRow({ time: 1_000 + index }));
    await sink.flush();
    sink.record(callRow({ time: Date.now(), requestId: "new" }));
    await sink.flush();
    await first.log.close();
    const { read } = await calls.start({ file: first.file });
    while (read().length > 1) await Bun.sleep(5);
    expect(read().map((row) => row.requestId)).toEqual(["new"]);
  });
});

describe("a step", () => {
  const at: { ms: number } = { ms: 1_000 };
  const clock: Clock = { now: () => at.ms, monotonic: () => at.ms };

  function storeOf() {
    const database = openDatabase({ file: calls.newFile(), busyTimeoutMs: 100 });
    migrate(database, callLogKind);
    const store = new CallLogStore(database, clock);
    let number = 0;
    return {
      store,
      add(times: readonly number[], lost = 0) {
        const { refused: _, problem: __, ...encoded } = encodeRows(times.map((time) => callRow({ time })));
        store.store([{ sink: "a", batch: { ...encoded, number: ++number, lost } }]);
      },
      count: (table: string) => database.query(`SELECT * FROM ${table}`).values().length,
      positions: () => database.query("SELECT position FROM calls ORDER BY 1").values().flat(),
    };
  }

  test("removes so many batches and tells whether to go on", () => {
    const { store, add, positions } = storeOf();
    for (const time of [10, 20, 30, 40, 50]) add([time, time]);
    expect(store.prune(35, 2)).toBe(true);
    expect(positions()).toEqual([5, 6, 7, 8, 9, 10]);
    expect(store.prune(35, 2)).toBe(false);
    expect(positions()).toEqual([7, 8, 9, 10]);
    expect(store.prune(35, 2)).toBe(false);
    store.close();
  });

  test("leaves a batch in which one call is young enough", () => {
    const { store, add, positions } = storeOf();
    add([10, 40, 20]);
    add([50]);
    store.prune(40, 9);
    expect(positions()).toEqual([1, 2, 3, 4]);
    store.prune(41, 9);
    expect(positions()).toEqual([4]);
    store.close();
  });

  test("never removes the newest batch, so that no position is used twice", () => {
    const { store, add, positions } = storeOf();
    add([10]);
    add([20, 25]);
    store.prune(1_000, 100);
    expect(positions()).toEqual([2, 3]);
    add([30]);
    expect(positions()).toEqual([2, 3, 4]);
    store.close();
  });

  test("removes losses and forgotten sinks of the same age", () => {
    const { store, add, count } = storeOf();
    at.ms = 1_000;
    add([1], 5);
    expect([count("call_loss"), count("call_sinks")]).toEqual([1, 1]);
    store.prune(1_000, 10);
    expect([count("call_loss"), count("call_sinks")]).toEqual([1, 1]);
    store.prune(1_001, 10);
    expect([count("call_loss"), count("call_sinks")]).toEqual([0, 0]);
    store.close();
  });
});
