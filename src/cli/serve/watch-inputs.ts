import { existsSync, type FSWatcher, watch } from "node:fs";
import { dirname, join } from "node:path";

/** What is watched and who is told. */
export interface WatchOptions {
  /** Told once after the last of several changes in a row. */
  readonly onChange: () => void;
  /** Milliseconds of silence after which a change is told; editors write a file in several steps. */
  readonly quietMs: number;
}

/** Files under watch. */
export interface InputWatch {
  /**
   * Replaces the files. Their folders are watched, since editors replace a file by another on saving. With
   * `eager` any change in those folders counts: a file that is missing is not among the inputs.
   */
  readonly update: (files: readonly string[], eager: boolean) => void;
  readonly close: () => void;
}

/** Starts to watch; nothing is watched before the first `update`. */
export function watchInputs({ onChange, quietMs }: WatchOptions): InputWatch {
  const folders = new Map<string, FSWatcher>();
  let files: ReadonlySet<string> = new Set();
  let eager = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const touch = (path: string): void => {
    if (!eager && !files.has(path)) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, quietMs);
  };
  const open = (folder: string): void => {
    // One that is gone is missed by the next compile, and watched again once it is back among the inputs.
    if (!existsSync(folder)) return;
    const watcher = watch(folder, (_event, name) => {
      // State and packages change for reasons of their own.
      if (name !== null && name !== ".latchkey" && name !== "node_modules") touch(join(folder, name));
    });
    watcher.on("error", () => close(folder, watcher));
    folders.set(folder, watcher);
  };
  const close = (folder: string, watcher: FSWatcher): void => {
    watcher.close();
    folders.delete(folder);
  };
  return {
    update(paths, isEager) {
      files = new Set(paths);
      eager = isEager;
      const wanted = new Set(paths.map(dirname));
      for (const [folder, watcher] of folders) if (!wanted.has(folder)) close(folder, watcher);
      for (const folder of wanted) if (!folders.has(folder)) open(folder);
    },
    close() {
      clearTimeout(timer);
      for (const [folder, watcher] of folders) close(folder, watcher);
    },
  };
}
