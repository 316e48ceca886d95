import { describe, expect, test } from "bun:test";
import { renameSync, rmSync } from "node:fs";
import { callRow } from "../../support/call-row.ts";
import { callLogs } from "./support/call-log-fixture.ts";

const calls = callLogs();
const recent = { time: Date.now() };

describe("a writer that dies", () => {
  test("is started again and stores what it had not, each row once", async () => {
    const { connectSink, read, killWriter, writers, problems } = await calls.start();
    const sinks = [1, 2, 3].map(() => connectSink({ maxBatchRows: 20, flushIntervalMs: 1 }));
    const sent: string[] = [];
    for (let round = 0; round < 3; round++) {
      for (let index = 0; index < 200; index++) {
        for (const sink of sinks) {
          const requestId = `req_${sent.length}`;
          sent.push(requestId);
          sink.record(callRow({ ...recent, requestId }));
        }
        if (index === 60 * round) killWriter();
        if (index % 10 === 0) await new Promise(setImmediate);
      }
      await Promise.all(sinks.map((sink) => sink.flush()));
    }
    expect(
      read()
        .map((row) => row.requestId)
        .sort(),
    ).toEqual(sent.sort());
    expect(sinks.map((sink) => sink.lost())).toEqual([0, 0, 0]);
    expect(writers()).toBe(4);
    expect(problems[0]).toBe("the call log's writer ended (no reason given); it is started again in 100 ms");
  });

  test("leaves room for as many rows as the queue holds, and counts the rest", async () => {
    const { connectSink, read, noted, killWriter } = await calls.start();
    const sink = connectSink({ maxQueuedRows: 40, maxBatchRows: 7 });
    sink.record(callRow(recent));
    await sink.flush();
    killWriter();
    for (let index = 0; index < 60; index++) sink.record(callRow(recent));
    await sink.flush();
    expect([read().length, sink.lost(), noted()]).toEqual([41, 20, 20]);
  });

  test("and cannot be started again is tried again later", async () => {
    const { file, connectSink, read, killWriter, problems } = await calls.start();
    const sink = connectSink();
    sink.record(callRow({ ...recent, requestId: "before" }));
    await sink.flush();
    const aside = `${file}.aside`;
    killWriter();
    renameSync(file, aside);
    await Bun.write(`${file}/in-the-way`, "a folder, where the file was");
    sink.record(callRow({ ...recent, requestId: "after" }));
    const flushed = sink.flush();
    while (!problems.some((problem) => problem.includes("is no file"))) await Bun.sleep(5);
    rmSync(file, { recursive: true });
    renameSync(aside, file);
    await flushed;
    expect(read().map((row) => row.requestId)).toEqual(["before", "after"]);
    expect(sink.lost()).toBe(0);
  });
});

describe("closing", () => {
  test("stores what has arrived", async () => {
    const { log, connectSink, read } = await calls.start();
    const sinks = [1, 2].map(() => connectSink({ maxBatchRows: 10 }));
    for (let index = 0; index < 100; index++) for (const sink of sinks) sink.record(callRow(recent));
    await Promise.all(sinks.map((sink) => sink.flush()));
    await log.close();
    await log.close();
    expect(read()).toHaveLength(200);
  });

  test("leaves sinks that count what comes too late", async () => {
    const { log, connectSink, read } = await calls.start();
    const early = connectSink();
    early.record(callRow(recent));
    await early.flush();
    for (let index = 0; index < 4; index++) early.record(callRow(recent));
    await log.close();
    await early.flush();
    const late = connectSink();
    late.record(callRow(recent));
    await late.flush();
    expect(read().length + early.lost()).toBe(5);
    expect(late.lost()).toBe(1);
  });

  test("without a living writer lets flushes end", async () => {
    const { log, connectSink, read, killWriter, problems } = await calls.start();
    const sink = connectSink();
    sink.record(callRow(recent));
    await sink.flush();
    killWriter();
    while (problems.length === 0) await new Promise(setImmediate);
    sink.record(callRow(recent));
    const flushed = sink.flush();
    await log.close();
    await flushed;
    expect([read().length, sink.lost()]).toEqual([1, 1]);
  });
});
