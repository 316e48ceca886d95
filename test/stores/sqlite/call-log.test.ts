import { describe, expect, test } from "bun:test";
import { chmodSync, existsSync, statSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { maxTextLength } from "../../../src/stores/sqlite/call-values.ts";
import { callRow } from "../../support/call-row.ts";
import { callLogs } from "./support/call-log-fixture.ts";

const calls = callLogs();
const recent = { time: Date.now() };

describe("the call log", () => {
  test("stores every row, in order, whole", async () => {
    const { connectSink, read, noted } = await calls.start();
    const sink = connectSink();
    const rows = Array.from({ length: 1_300 }, (_, index) =>
      callRow({ ...recent, requestId: `req_${index}` }),
    );
    rows.push(
      callRow({
        time: recent.time,
        requestId: "req_other",
        artifact: "b",
        tenant: null,
        app: null,
        key: null,
        service: null,
        endpoint: "sentiment@1.0.0",
        model: null,
        target: null,
        method: "DELETE",
        path: "/x",
        status: 502,
        errorCode: "LK-3008",
        errorDetail: "cut",
        stream: true,
        attempts: 3,
        usage: null,
        costNanoUsd: null,
        latencyUs: 1,
        firstByteUs: null,
        requestBytes: 2,
        responseBytes: 3,
      }),
    );
    for (const row of rows) sink.record(row);
    await sink.flush();
    expect(read().map(({ position: _, ...row }) => row)).toEqual(rows);
    expect([sink.lost(), noted()]).toEqual([0, 0]);
  });

  test("keeps numbers that are large and a cost of nothing", async () => {
    const { connectSink, read } = await calls.start();
    const sink = connectSink();
    const usage = { input: 2 ** 40, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 };
    sink.record(callRow({ ...recent, usage, costNanoUsd: Number.MAX_SAFE_INTEGER, latencyUs: 0 }));
    sink.record(callRow({ ...recent, costNanoUsd: 0 }));
    await sink.flush();
    const [large, free] = read();
    expect([large?.usage, large?.costNanoUsd]).toEqual([usage, Number.MAX_SAFE_INTEGER]);
    expect(free?.costNanoUsd).toBe(0);
  });

  test("can be read by its owner only, also when the file stood open before", async () => {
    const file = calls.newFile();
    writeFileSync(file, "");
    chmodSync(file, 0o666);
    const { connectSink } = await calls.start({ file });
    const sink = connectSink();
    sink.record(callRow(recent));
    await sink.flush();
    const modes = ["", "-wal", "-shm"].map((part) => statSync(file + part).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600, 0o600]);
  });

  test("is one whole file when it is closed", async () => {
    const { file, log, connectSink, read } = await calls.start();
    const sink = connectSink();
    sink.record(callRow(recent));
    await sink.flush();
    await log.close();
    expect(existsSync(`${file}-wal`)).toBe(false);
    expect(read()).toHaveLength(1);
  });

  test("goes on in the file that it finds", async () => {
    const first = await calls.start();
    const sink = first.connectSink();
    sink.record(callRow({ ...recent, requestId: "a" }));
    await sink.flush();
    await first.log.close();
    const second = await calls.start({ file: first.file });
    const again = second.connectSink();
    again.record(callRow({ ...recent, requestId: "b" }));
    await again.flush();
    expect(second.read().map(({ position, requestId }) => [position, requestId])).toEqual([
      [1, "a"],
      [2, "b"],
    ]);
  });
});

describe("a text", () => {
  test("is data, whatever it says", async () => {
    const { connectSink, read } = await calls.start();
    const sink = connectSink();
    const texts = [
      ...fc.sample(fc.string({ unit: "binary", maxLength: 100 }), 200),
      "'); DROP TABLE calls; --",
      '","a"]',
      "\0",
      "a\0b",
      "\u2028\u2029\r\n",
      '"',
      "🗝",
    ];
    for (const model of texts) sink.record(callRow({ ...recent, model }));
    await sink.flush();
    expect(read().map((row) => row.model)).toEqual(texts);
    for (const model of texts)
      expect(read({ model }).map((row) => row.model)).toEqual(texts.filter((text) => text === model));
  });

  test("that is too long is cut, never inside a character", async () => {
    const { connectSink, read } = await calls.start();
    const sink = connectSink();
    const path = "x".repeat(500_000);
    const errorDetail = `${"x".repeat(maxTextLength - 1)}🗝`;
    sink.record(callRow({ ...recent, path, errorDetail, requestId: path, artifact: path, errorCode: path }));
    await sink.flush();
    const [row] = read();
    for (const text of [row?.path, row?.requestId, row?.artifact, row?.errorCode])
      expect(text).toBe("x".repeat(maxTextLength));
    expect(row?.errorDetail).toBe("x".repeat(maxTextLength - 1));
  });

  test("with half a character gets a replacement in its place", async () => {
    const { connectSink, read } = await calls.start();
    const sink = connectSink();
    sink.record(callRow({ ...recent, model: "a\ud800b", app: "\udc00" }));
    await sink.flush();
    const [row] = read({ model: "a\ud800b" });
    expect([row?.model, row?.app]).toEqual(["a\ufffdb", "\ufffd"]);
  });
});
