import { Database } from "bun:sqlite";
import { chmodSync, closeSync, openSync, statSync } from "node:fs";

/** How a state file is opened. */
export interface DatabaseOptions {
  readonly file: string;
  /** Milliseconds to wait for a lock of another connection. */
  readonly busyTimeoutMs: number;
}

/**
 * Opens a state file for reading and writing, making it where it is missing. Only its owner can read it, and
 * readers never wait for writers (write-ahead log, https://sqlite.org/wal.html).
 * @throws Error when it cannot be opened or is no database.
 */
export function openDatabase({ file, busyTimeoutMs }: DatabaseOptions): Database {
  makeFile(file);
  chmodSync(file, 0o600);
  const database = new Database(file, { strict: true });
  try {
    database.run(`PRAGMA busy_timeout = ${Math.trunc(busyTimeoutMs)}`);
    switchToWal(database, busyTimeoutMs);
    database.run("PRAGMA synchronous = NORMAL");
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/**
 * Makes a file that is missing, here and not by SQLite, so that no other user can open it before its mode is set. One
 * that is there is not opened: closing it would drop the locks of every connection that this process has to it
 * (https://www.sqlite.org/howtocorrupt.html, 2.2), and another program could take the log of writes away.
 */
function makeFile(file: string): void {
  try {
    closeSync(openSync(file, "ax", 0o600));
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST")) throw thrown;
    // A folder of that name must not get the mode of a file.
    if (!statSync(file).isFile()) throw new Error(`${file} is no file`, { cause: thrown });
  }
}

/** Milliseconds between two tries. */
const RETRY_MS = 5;

/** SQLite does not wait for its lock when it changes the journal, so two processes that open a new file may meet here. */
function switchToWal(database: Database, withinMs: number): void {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      database.run("PRAGMA journal_mode = WAL");
      return;
    } catch (thrown) {
      const busy = thrown instanceof Error && "code" in thrown && thrown.code === "SQLITE_BUSY";
      if (!busy || performance.now() >= deadline) throw thrown;
      Bun.sleepSync(RETRY_MS);
    }
  }
}
