import { Database } from "bun:sqlite";
import { chmodSync, closeSync, openSync } from "node:fs";

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
  // Made here and not by SQLite, so that no other user can open it before its mode is set.
  closeSync(openSync(file, "a", 0o600));
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
