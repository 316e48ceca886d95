import { expect, test } from "bun:test";
import type { CommandContext } from "../../src/cli/command.ts";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import type { StopReport } from "../../src/cli/serve/supervisor.ts";
import { untilStopped } from "../../src/cli/serve/until-stopped.ts";
import { createUi } from "../../src/cli/ui.ts";
import { testIo } from "./support/test-io.ts";

/** Something that runs until a signal; `ended` ends its calls. */
function start() {
  const io = testIo();
  const context: CommandContext = { io, ui: createUi(io, false), configFile: "/x.ts", root: "/" };
  const ended = Promise.withResolvers<StopReport>();
  const reloads: string[] = [];
  const code = untilStopped(
    context,
    {
      announce: () => reloads.push(`announced to ${io.listeners()} listeners`),
      reload: async () => void reloads.push("reload"),
      stop: (withinMs) => {
        reloads.push(`stop within ${withinMs}`);
        return ended.promise;
      },
    },
    2_000,
  );
  return { io, ended, reloads, code };
}

test("it is announced when signals are listened to, and a signal stops it", async () => {
  const { io, ended, reloads, code } = start();
  io.signal("SIGTERM");
  ended.resolve({ abandoned: 0, lostRows: 0, silentThreads: 0 });
  expect(await code).toBe(exitCodes.ok);
  expect(reloads).toEqual(["announced to 3 listeners", "stop within 2000"]);
  expect(io.out()).toBe("Stopping: calls under way have 2s; a second signal stops at once.\nStopped.\n");
  expect(io.listeners()).toBe(0);
});

test("calls that were cut off are counted", async () => {
  const { io, ended, code } = start();
  io.signal("SIGINT");
  ended.resolve({ abandoned: 3, lostRows: 0, silentThreads: 0 });
  await code;
  expect(io.out()).toEndWith("Stopped; 3 calls cut off.\n");
});

test("threads that did not answer are named: their calls cannot be counted", async () => {
  const { io, ended, code } = start();
  io.signal("SIGTERM");
  ended.resolve({ abandoned: 2, lostRows: 0, silentThreads: 1 });
  expect(await code).toBe(exitCodes.ok);
  expect(io.out()).toEndWith(
    "Stopped; 2 calls cut off; 1 thread did not answer: how many calls were cut off there is not known.\n",
  );
});

test("rows that the call log has lost are counted", async () => {
  for (const [report, text] of [
    [
      { abandoned: 0, lostRows: 1, silentThreads: 0 },
      "Stopped; 1 row of the call log lost since the start.\n",
    ],
    [
      { abandoned: 1, lostRows: 312_345, silentThreads: 0 },
      "Stopped; 1 call cut off; 312,345 rows of the call log lost since the start.\n",
    ],
  ] as const) {
    const { io, ended, code } = start();
    io.signal("SIGTERM");
    ended.resolve(report);
    await code;
    expect(io.out()).toEndWith(text);
  }
});

test("a second signal ends it at once", async () => {
  const { io, code } = start();
  io.signal("SIGINT");
  io.signal("SIGTERM");
  expect(await code).toBe(exitCodes.failure);
  expect(io.out()).toEndWith("Stopped at once.\n");
});

test("SIGHUP reloads until it is being stopped", async () => {
  const { io, ended, reloads, code } = start();
  io.signal("SIGHUP");
  io.signal("SIGHUP");
  io.signal("SIGTERM");
  io.signal("SIGHUP");
  ended.resolve({ abandoned: 0, lostRows: 0, silentThreads: 0 });
  await code;
  expect(reloads.filter((word) => word === "reload")).toHaveLength(2);
});

test("what fails while stopping is not hidden", async () => {
  const { io, ended, code } = start();
  io.signal("SIGTERM");
  ended.reject(new Error("broken"));
  await expect(code).rejects.toThrow("broken");
});
