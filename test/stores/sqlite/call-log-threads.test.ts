import { expect, test } from "bun:test";
import { callLogs } from "./support/call-log-fixture.ts";
import type { ServeCalls } from "./support/serving-thread.ts";

const calls = callLogs();

/** Runs a serving thread; resolves with the rows it lost, or `undefined` when it has crashed. */
function serve(message: ServeCalls): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const thread = new Worker(new URL("./support/serving-thread.ts", import.meta.url));
  thread.onmessage = ({ data }: MessageEvent<number>) => {
    resolve(data);
    thread.terminate();
  };
  thread.addEventListener("close", () => resolve(undefined));
  thread.postMessage(message, [message.port]);
  return promise;
}

test("threads that serve share one writer", async () => {
  const { log, read } = await calls.start();
  const names = ["one", "two", "three"];
  const lost = await Promise.all(
    names.map((name) => serve({ port: log.connect(), name, calls: 2_000, crash: false })),
  );
  expect(lost).toEqual([0, 0, 0]);
  for (const app of names) {
    const stored = read({ app }).map((row) => row.requestId);
    expect(stored).toEqual(Array.from({ length: 2_000 }, (_, index) => `${app}-${index}`));
  }
});

test("threads keep their rows when the writer dies under them", async () => {
  const { log, read, killWriter, problems } = await calls.start();
  const served = ["one", "two"].map((name) =>
    serve({ port: log.connect(), name, calls: 3_000, crash: false }),
  );
  while (read().length === 0) await new Promise(setImmediate);
  killWriter();
  expect(await Promise.all(served)).toEqual([0, 0]);
  expect(new Set(read().map((row) => row.requestId)).size).toBe(6_000);
  expect(read()).toHaveLength(6_000);
  // The threads may be done before their owner hears of the writer's end.
  while (problems.length === 0) await new Promise(setImmediate);
  expect(problems).toHaveLength(1);
});

test("a thread that crashes takes nothing down", async () => {
  const { log, read } = await calls.start();
  const crashed = serve({ port: log.connect(), name: "crashed", calls: 500, crash: true });
  const well = serve({ port: log.connect(), name: "well", calls: 1_000, crash: false });
  expect(await crashed).toBeUndefined();
  expect(await well).toBe(0);
  expect(read({ app: "well" })).toHaveLength(1_000);
  const again = serve({ port: log.connect(), name: "again", calls: 10, crash: false });
  expect(await again).toBe(0);
});
