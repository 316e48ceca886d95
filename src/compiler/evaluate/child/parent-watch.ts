import { Worker } from "node:worker_threads";

/** What is watched and what is left to do. */
export interface ParentWatch {
  /** Process that waits for the answer. */
  readonly parentPid: number;
  /** Folder that it would remove. */
  readonly folder: string;
}

/** Ends this process, and removes the folder, when its parent is gone. Does not keep the process alive. */
export function watchParent(watch: ParentWatch): void {
  new Worker(new URL("./watch-parent.ts", import.meta.url), { workerData: watch }).unref();
}
