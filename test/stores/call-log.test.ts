import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { CallQuery } from "../../src/stores/ports.ts";
import { openCallLog } from "../../src/stores/sqlite/call-log-reader.ts";
import { createCallSink } from "../../src/stores/sqlite/call-sink.ts";
import { startCallLog } from "../../src/stores/sqlite/start-call-log.ts";
import { callRow } from "../support/call-row.ts";
import { tempFolder } from "../support/temp-folder.ts";

const folder = tempFolder();
let files = 0;
const newFile = (): string => join(folder, `calls-${files++}.sqlite`);
const all: CallQuery = { limit: 1_000_000 };
const recent = { time: Date.now() };

describe("the call log", () => {
  test("stores every row, in order, whole", async () => {
    const file = newFile();
    const log = await startCallLog({ file });
    const sink = createCallSink({ port: log.connect() });
    const rows = Array.from({ length: 1_300 }, (_, index) =>
      callRow({ ...recent, requestId: `req_${index}` }),
    );
    rows.push(
      callRow({
        ...recent,
        usage: null,
        costNanoUsd: null,
        tenant: null,
        firstByteUs: null,
        stream: true,
        errorCode: "LK-3008",
      }),
    );
    for (const row of rows) sink.record(row);
    await sink.flush();
    const stored = openCallLog(file)
      .read(all)
      .map(({ position: _, ...row }) => row);
    expect(stored).toEqual(rows);
    expect(sink.lost()).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await log.close();
  });

  test("takes any text as data", async () => {
    const file = newFile();
    const log = await startCallLog({ file });
    const sink = createCallSink({ port: log.connect() });
    const texts = fc.sample(fc.string({ unit: "binary-ascii", maxLength: 100 }), 200);
    texts.push("'); DROP TABLE calls; --", "\0", "\u2028", '"', "x".repeat(100_000));
    for (const [index, text] of texts.entries())
      sink.record(callRow({ ...recent, requestId: String(index), model: text }));
    await sink.flush();
    const reader = openCallLog(file);
    expect(reader.read(all).map((row) => row.model)).toEqual(texts.map((text) => text.slice(0, 2_000)));
    for (const model of texts.slice(0, -1))
      expect(reader.read({ model, limit: 999 }).every((row) => row.model === model)).toBe(true);
    await log.close();
  });

  test("is filtered by what is asked for", async () => {
    const file = newFile();
    const log = await startCallLog({ file });
    const sink = createCallSink({ port: log.connect() });
    const now = Date.now();
    sink.record(callRow({ time: now, requestId: "a", status: 200, tenant: "x" }));
    sink.record(callRow({ time: now + 10, requestId: "b", status: 502, errorCode: "LK-3002" }));
    sink.record(callRow({ time: now + 20, requestId: "c", status: 504, endpoint: "sentiment@1.0.0" }));
    await sink.flush();
    const reader = openCallLog(file);
    const ids = (query: Partial<CallQuery>) =>
      reader
        .read({ ...all, ...query })
        .map((row) => row.requestId)
        .join("");
    expect(ids({})).toBe("abc");
    expect(ids({ limit: 2 })).toBe("bc");
    expect(ids({ status: "5xx" })).toBe("bc");
    expect(ids({ status: 502 })).toBe("b");
    expect(ids({ tenant: "x" })).toBe("a");
    expect(ids({ errorCode: "LK-3002", model: "fast" })).toBe("b");
    expect(ids({ endpoint: "sentiment@1.0.0" })).toBe("c");
    expect(ids({ sinceMs: now + 10, untilMs: now + 20 })).toBe("b");
    const [first] = reader.read({ limit: 3 });
    expect(ids({ afterPosition: first?.position ?? 0 })).toBe("bc");
    expect(ids({ tenant: "' OR 1=1 --" })).toBe("");
    await log.close();
  });

  test("forgets rows that are too old", async () => {
    const file = newFile();
    const first = await startCallLog({ file });
    const sink = createCallSink({ port: first.connect() });
    sink.record(callRow({ time: 1_000, requestId: "old" }));
    sink.record(callRow({ ...recent, requestId: "new" }));
    await sink.flush();
    await first.close();
    await (await startCallLog({ file, keepMs: 60_000 })).close();
    expect(
      openCallLog(file)
        .read(all)
        .map((row) => row.requestId),
    ).toEqual(["new"]);
  });

  test("takes rows of several threads", async () => {
    const file = newFile();
    const log = await startCallLog({ file });
    const sinks = [1, 2, 3].map(() => createCallSink({ port: log.connect(), maxBatchRows: 7 }));
    for (let index = 0; index < 100; index++) for (const sink of sinks) sink.record(callRow(recent));
    await Promise.all(sinks.map((sink) => sink.flush()));
    expect(openCallLog(file).read(all)).toHaveLength(300);
    await log.close();
  });
});

describe("overload", () => {
  test("loses rows, counts each and says so", async () => {
    const file = newFile();
    const log = await startCallLog({ file });
    const problems: string[] = [];
    const sink = createCallSink({
      port: log.connect(),
      maxQueuedRows: 50,
      maxBatchRows: 20,
      onProblem: (problem) => void problems.push(problem),
    });
    for (let index = 0; index < 500; index++) sink.record(callRow(recent));
    await sink.flush();
    sink.record(callRow(recent));
    await sink.flush();
    const reader = openCallLog(file);
    const stored = reader.read(all).length;
    expect(stored).toBeLessThan(500);
    expect(stored + sink.lost()).toBe(501);
    expect(reader.losses(0).reduce((sum, loss) => sum + loss.rows, 0)).toBe(sink.lost());
    expect(problems).toEqual(["rows of the call log were lost: the queue is full"]);
    await log.close();
  });

  test("a file that cannot be written loses rows and nothing else", async () => {
    const file = newFile();
    const log = await startCallLog({ file, busyTimeoutMs: 1 });
    const problems: string[] = [];
    const sink = createCallSink({ port: log.connect(), onProblem: (problem) => void problems.push(problem) });
    const other = new Database(file);
    other.run("BEGIN EXCLUSIVE");
    sink.record(callRow(recent));
    await sink.flush();
    expect(sink.lost()).toBe(1);
    expect(problems.join()).toContain("locked");
    other.run("ROLLBACK");
    other.close();
    sink.record(callRow(recent));
    await sink.flush();
    const reader = openCallLog(file);
    expect(reader.read(all)).toHaveLength(1);
    expect(reader.losses(0).map((loss) => loss.rows)).toEqual([1]);
    await log.close();
  });

  test("a row that cannot be encoded is lost alone", async () => {
    const file = newFile();
    const log = await startCallLog({ file });
    const sink = createCallSink({ port: log.connect() });
    sink.record(callRow(recent));
    sink.record(callRow({ ...recent, status: 1n as unknown as number }));
    sink.record(callRow(recent));
    await sink.flush();
    expect([openCallLog(file).read(all).length, sink.lost()]).toEqual([2, 1]);
    await log.close();
  });
});

describe("a file", () => {
  test("that is not there has no rows", () => {
    const reader = openCallLog(join(folder, "nothing.sqlite"));
    expect([reader.read(all), reader.losses(0)]).toEqual([[], []]);
  });

  test("that is something else is refused", async () => {
    const file = newFile();
    writeFileSync(file, "not a database, by any means".repeat(100));
    expect(() => openCallLog(file)).toThrow(expect.objectContaining({ code: "LK-6105" }));
    await expect(startCallLog({ file })).rejects.toMatchObject({ code: "LK-6105" });
  });

  test("of a newer version is refused", async () => {
    const file = newFile();
    new Database(file).run("PRAGMA user_version = 99");
    expect(() => openCallLog(file)).toThrow(expect.objectContaining({ code: "LK-6105" }));
    await expect(startCallLog({ file })).rejects.toMatchObject({ code: "LK-6105" });
  });
});
