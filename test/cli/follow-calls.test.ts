import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { followCalls } from "../../src/cli/follow-calls.ts";
import { main } from "../../src/cli/main.ts";
import { callsOf } from "../../src/cli/wire.ts";
import { callRow } from "../support/call-row.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { testIo } from "./support/test-io.ts";
import { writeCalls } from "./support/write-calls.ts";

// Configs are compiled in processes that share the machine with whatever else runs.
setDefaultTimeout(60_000);

/** Follows a project's log; `seen` resolves once so many rows have been handed over. */
function follow(root: string, query = { limit: 2 }) {
  const requests: string[] = [];
  const losses: number[] = [];
  const end = Promise.withResolvers<void>();
  let waiting: { readonly count: number; readonly wake: () => void } | undefined;
  const done = followCalls({
    query,
    open: () => callsOf(root),
    onCalls(rows) {
      requests.push(...rows.map(({ requestId }) => requestId));
      if (waiting !== undefined && requests.length >= waiting.count) waiting.wake();
    },
    onLosses: (lost) => losses.push(...lost.map(({ rows }) => rows)),
    ended: end.promise,
  });
  const seen = async (count: number): Promise<readonly string[]> => {
    if (requests.length < count) await new Promise<void>((wake) => (waiting = { count, wake }));
    return [...requests];
  };
  const stop = async (): Promise<void> => {
    end.resolve();
    await done;
  };
  return { seen, stop, losses };
}

const row = (requestId: string) => callRow({ requestId });

describe("followCalls", () => {
  test("begins with the newest rows and goes on with each new one, once", async () => {
    const root = tempFolder();
    await writeCalls(root, [row("a"), row("b"), row("c")]);
    const { seen, stop } = follow(root);
    expect(await seen(2)).toEqual(["b", "c"]);
    await writeCalls(root, [row("d"), row("e"), row("f")]);
    expect(await seen(5)).toEqual(["b", "c", "d", "e", "f"]);
    await stop();
  });

  test("waits for a log that is not there yet", async () => {
    const root = tempFolder();
    const { seen, stop } = follow(root);
    await writeCalls(root, [row("first")]);
    expect(await seen(1)).toEqual(["first"]);
    await stop();
  });

  test("shows each loss once", async () => {
    const root = tempFolder();
    await writeCalls(root, [row("a"), row("b")], 1);
    const { seen, stop, losses } = follow(root);
    await seen(1);
    await writeCalls(root, [row("c")]);
    await seen(2);
    await stop();
    expect(losses).toEqual([1]);
  });

  test("shows what was lost before the first row that there is", async () => {
    const root = tempFolder();
    const time = Date.now() + 60_000;
    await writeCalls(root, [callRow({ time }), callRow({ time })], 1);
    const { seen, stop, losses } = follow(root);
    await seen(1);
    await stop();
    expect(losses).toEqual([1]);
  });

  test("is ended by a signal", async () => {
    const root = tempFolder();
    const io = testIo({ cwd: root });
    const code = main(["logs", "--follow"], io);
    await io.listening;
    io.signal("SIGINT");
    expect(await code).toBe(exitCodes.ok);
    expect(io.listeners()).toBe(0);
  });
});
