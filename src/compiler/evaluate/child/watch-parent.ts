/**
 * A thread beside the config's code, which may be in an endless loop: when the process that asked for the answer
 * is gone, nobody else would end this one.
 */
import { rmSync } from "node:fs";
import { workerData } from "node:worker_threads";
import type { ParentWatch } from "./parent-watch.ts";

/** Milliseconds between two looks. */
const LOOK_MS = 250;

const { parentPid, folder } = workerData as ParentWatch;

setInterval(() => {
  if (process.ppid === parentPid) return;
  rmSync(folder, { recursive: true, force: true });
  // With all that the config has started.
  process.kill(-process.pid, "SIGKILL");
}, LOOK_MS);
