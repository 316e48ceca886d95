import { Worker } from "node:worker_threads";

/** What is watched and what is left to do. */
export interface Watch {
  /** Process that waits for the answer. */
  readonly parentPid: number;
  /** Folder that it would remove. */
  readonly folder: string;
  /** File that it reads the answer from. */
  readonly resultPath: string;
  /** Resident memory that this process may have. */
  readonly memoryLimitBytes: number;
}

/**
 * Ends this process when its parent is gone, and removes the folder, or when it takes more memory than it may,
 * and says so. Does not keep the process alive.
 */
export function startWatchdog(watch: Watch): void {
  new Worker(new URL("./watchdog.ts", import.meta.url), { workerData: watch }).unref();
}
