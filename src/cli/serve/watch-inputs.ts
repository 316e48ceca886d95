import { existsSync, type FSWatcher, statSync, watch } from "node:fs";
import { dirname, extname, join } from "node:path";

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
   * `eager` what comes or goes there counts, too, when a config could import it: a file that is missing is not
   * among the inputs. What is written to other files does not: it may be the command's own output.
   */
  readonly update: (files: readonly string[], eager: boolean) => void;
  readonly close: () => void;
}

/** What a config can import. */
const IMPORTABLE: ReadonlySet<string> = new Set(
  ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "json", "md", "txt"].map((name) => `.${name}`),
);

/** Starts to watch; nothing is watched before the first `update`. */
export function watchInputs({ onChange, quietMs }: WatchOptions): InputWatch {
  const folders = new Map<string, FSWatcher>();
  let files: ReadonlySet<string> = new Set();
  let eager = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const touch = (path: string, event: string): void => {
    // `rename` is how coming and going is called: https://nodejs.org/api/fs.html#fswatchfilename-options-listener
    if (!files.has(path) && !(eager && event === "rename" && couldBeImported(path))) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, quietMs);
  };
  const open = (folder: string): void => {
    // One that is gone is missed by the next compile, and watched again once it is back among the inputs.
    if (!existsSync(folder)) return;
    const watcher = watch(folder, (event, name) => {
      // State and packages change for reasons of their own.
      if (name !== null && name !== ".latchkey" && name !== "node_modules") touch(join(folder, name), event);
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

/** A folder counts, too: it may hold what is missing. */
function couldBeImported(path: string): boolean {
  return IMPORTABLE.has(extname(path)) || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
