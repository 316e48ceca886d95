import { Database } from "bun:sqlite";
import { chmodSync } from "node:fs";
import { LatchkeyError } from "../../kernel/error.ts";
import type { IssuedKey, RecordStore } from "../ports.ts";

/** Version of the tables, kept in `user_version`. */
const VERSION = 1;

const TABLES = `
CREATE TABLE issued_keys (
  digest TEXT PRIMARY KEY,
  public_id TEXT NOT NULL,
  tenant TEXT NOT NULL,
  app TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  label TEXT NOT NULL
) STRICT;
`;

/**
 * Opens the records, making the file where it is missing. Several processes may have it open.
 * @throws LatchkeyError LK-6105 when it cannot be opened.
 */
export function openRecords(file: string): RecordStore {
  const database = guarded(file, () => open(file));
  return {
    issuedKeys: {
      list: () => guarded(file, () => database.query(LIST).all() as readonly IssuedKey[]),
      add: (key) => guarded(file, () => void database.query(ADD).run(...columnsOf(key))),
    },
    close: () => database.close(),
  };
}

const LIST = `SELECT digest, public_id AS publicId, tenant, app, created_at AS createdAtMs,
  expires_at AS expiresAtMs, label FROM issued_keys ORDER BY created_at, digest`;

const ADD =
  "INSERT INTO issued_keys (digest, public_id, tenant, app, created_at, expires_at, label) VALUES (?, ?, ?, ?, ?, ?, ?)";

function columnsOf(key: IssuedKey): [string, string, string, string, number, number | null, string] {
  return [key.digest, key.publicId, key.tenant, key.app, key.createdAtMs, key.expiresAtMs, key.label];
}

function open(file: string): Database {
  const database = new Database(file, { create: true, strict: true });
  chmodSync(file, 0o600);
  database.run("PRAGMA busy_timeout = 5000");
  database.run("PRAGMA journal_mode = WAL");
  database
    .transaction(() => {
      const { user_version } = database.query("PRAGMA user_version").get() as { user_version: number };
      if (user_version > VERSION)
        throw new Error(`it was written by a newer Latchkey (version ${user_version})`);
      if (user_version === VERSION) return;
      database.run(TABLES);
      database.run(`PRAGMA user_version = ${VERSION}`);
    })
    .immediate();
  return database;
}

function guarded<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LatchkeyError("LK-6105", `The records ${file} cannot be used: ${reason}.`, { cause });
  }
}
