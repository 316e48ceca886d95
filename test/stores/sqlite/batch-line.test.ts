import { describe, expect, test } from "bun:test";
import { BatchLine } from "../../../src/stores/sqlite/batch-line.ts";
import type { CallBatch, OwnerNotice, WriterAnswer } from "../../../src/stores/sqlite/call-log-protocol.ts";

/** A line whose owner and writers are played by the test. */
function playedLine() {
  const control = new MessageChannel();
  const events: string[] = [];
  const line = new BatchLine(control.port1, {
    onFailed: (batch, problem) => void events.push(`failed ${batch.number}: ${problem}`),
  });
  return {
    line,
    events,
    send: () => line.send({ kinds: "[]", calls: "[]", firstTime: 1, lastTime: 2, rows: 10, lost: 0 }),
    notify: (notice: OwnerNotice, transfer: MessagePort[] = []) =>
      control.port2.postMessage(notice, transfer),
    async connectWriter() {
      const { port1, port2 } = new MessageChannel();
      control.port2.postMessage({ type: "writer", port: port2 } satisfies OwnerNotice, [port2]);
      const received: number[] = [];
      port1.onmessage = ({ data }: { readonly data: CallBatch }) => void received.push(data.number);
      await delivered();
      return {
        received,
        async answer(answer: WriterAnswer) {
          port1.postMessage(answer);
          await delivered();
        },
      };
    },
  };
}

/** Resolves when messages that were posted before have been handled, and what they led to as well. */
async function delivered(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise(setImmediate);
}

describe("a line", () => {
  test("sends nothing before the writer tells where to begin", async () => {
    const { line, send, connectWriter } = playedLine();
    send();
    const writer = await connectWriter();
    expect([writer.received, line.rows, line.isSettled]).toEqual([[], 10, false]);
    await writer.answer({ type: "ready", batch: 0 });
    expect(writer.received).toEqual([1]);
    await writer.answer({ type: "stored", batch: 1 });
    expect([line.rows, line.isSettled]).toEqual([0, true]);
  });

  test("has eight batches with the writer at a time", async () => {
    const { line, send, connectWriter } = playedLine();
    const writer = await connectWriter();
    await writer.answer({ type: "ready", batch: 0 });
    for (let count = 0; count < 12; count++) send();
    await delivered();
    expect(writer.received).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await writer.answer({ type: "stored", batch: 3 });
    expect(writer.received.slice(8)).toEqual([9, 10, 11]);
    await writer.answer({ type: "failed", batch: 4, problem: "full" });
    expect(writer.received.slice(11)).toEqual([12]);
    expect(line.rows).toBe(80);
  });

  test("waits for what was sent before, not for what comes after", async () => {
    const { line, send, connectWriter } = playedLine();
    const writer = await connectWriter();
    await writer.answer({ type: "ready", batch: 0 });
    send();
    send();
    const settled = line.settled();
    send();
    await writer.answer({ type: "stored", batch: 1 });
    expect(await Promise.race([settled.then(() => "settled"), delivered().then(() => "waits")])).toBe(
      "waits",
    );
    await writer.answer({ type: "stored", batch: 2 });
    await settled;
    expect(line.rows).toBe(10);
  });
});

describe("a new writer", () => {
  test("gets what the one before had not stored, and its late answers mean nothing", async () => {
    const { line, events, send, connectWriter } = playedLine();
    const first = await connectWriter();
    await first.answer({ type: "ready", batch: 0 });
    for (let count = 0; count < 4; count++) send();
    await first.answer({ type: "stored", batch: 1 });
    const second = await connectWriter();
    await first.answer({ type: "failed", batch: 3, problem: "late" });
    send();
    await second.answer({ type: "ready", batch: 2 });
    expect(second.received).toEqual([3, 4, 5]);
    await second.answer({ type: "stored", batch: 5 });
    expect([line.isSettled, events]).toEqual([true, []]);
  });

  test("does not get what three writers have died over, but the rest", async () => {
    const { events, send, connectWriter } = playedLine();
    for (let count = 0; count < 9; count++) send();
    for (let death = 0; death < 3; death++) {
      const dying = await connectWriter();
      await dying.answer({ type: "ready", batch: 0 });
      expect(dying.received).toHaveLength(8);
    }
    const last = await connectWriter();
    await last.answer({ type: "ready", batch: 0 });
    expect(last.received).toEqual([9]);
    expect(events).toHaveLength(8);
    expect(events[0]).toBe("failed 1: the writer ended 3 times while storing it");
  });
});

describe("a closed line", () => {
  test("fails what is under way and what comes after", async () => {
    const { line, events, send, notify } = playedLine();
    send();
    const settled = line.settled();
    notify({ type: "closed" });
    await settled;
    send();
    await line.settled();
    expect(events).toEqual(["failed 1: the call log is closed", "failed 2: the call log is closed"]);
    expect([line.isClosed, line.rows]).toEqual([true, 0]);
  });

  test("is closed by its writer, too, after the last answers", async () => {
    const { events, send, connectWriter } = playedLine();
    const writer = await connectWriter();
    await writer.answer({ type: "ready", batch: 0 });
    send();
    send();
    await writer.answer({ type: "stored", batch: 1 });
    await writer.answer({ type: "closed" });
    expect(events).toEqual(["failed 2: the call log is closed"]);
  });
});
