/**
 * A thread beside the config's code, which may be in an endless loop: when the process that asked for the answer
 * is gone, or the config takes too much memory, nobody inside of that code would end this process.
 */
import { rmSync } from "node:fs";
import { workerData } from "node:worker_threads";
import type { Watch } from "./start-watchdog.ts";
import { writeAnswer } from "./write-answer.ts";

/** Milliseconds between two looks: a loop that only allocates takes some 40 MB in this time. */
const LOOK_MS = 20;

const { parentPid, folder, resultPath, memoryLimitBytes } = workerData as Watch;

setInterval(() => {
  if (process.ppid !== parentPid) {
    rmSync(folder, { recursive: true, force: true });
    endAll();
  } else if (process.memoryUsage.rss() > memoryLimitBytes) {
    writeAnswer(`${resultPath}.watchdog`, resultPath, { kind: "out-of-memory" });
    endAll();
  }
}, LOOK_MS);

/** This process with all that the config has started. */
function endAll(): void {
  process.kill(-process.pid, "SIGKILL");
}
