import type { Database } from "bun:sqlite";
import type { IssuedKey, RecordStore } from "../ports.ts";
import { type DatabaseKind, migrate } from "./database-kind.ts";
import { guardStateFile } from "./guard-state-file.ts";
import { openDatabase } from "./open-database.ts";

/** The records: `LKRE`. */
const recordsKind: DatabaseKind = {
  name: "record store",
  applicationId: 0x4c_4b_52_45,
  migrations: [
    `
CREATE TABLE issued_keys (
  digest TEXT PRIMARY KEY,
  public_id TEXT NOT NULL,
  tenant TEXT NOT NULL,
  app TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  label TEXT NOT NULL
) STRICT;
`,
  ],
};

const LIST = `SELECT digest, public_id AS publicId, tenant, app, created_at AS createdAtMs,
  expires_at AS expiresAtMs, label FROM issued_keys ORDER BY created_at, digest`;

const ADD =
  "INSERT INTO issued_keys (digest, public_id, tenant, app, created_at, expires_at, label) VALUES (?, ?, ?, ?, ?, ?, ?)";

/** Milliseconds to wait for another process. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens the records, making the file where it is missing. Several processes may have it open.
 * @throws LatchkeyError LK-6105 when it cannot be opened or is something else.
 */
export function openRecords(file: string): RecordStore {
  const subject = `The record store ${file}`;
  const database = guardStateFile(subject, () => open(file));
  return {
    issuedKeys: {
      list: () => guardStateFile(subject, () => database.query<IssuedKey, []>(LIST).all()),
      add: (key) => guardStateFile(subject, () => addKey(database, key)),
    },
    close: () => database.close(),
  };
}

function open(file: string): Database {
  const database = openDatabase({ file, busyTimeoutMs: BUSY_TIMEOUT_MS });
  try {
    migrate(database, recordsKind);
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

function addKey(database: Database, key: IssuedKey): void {
  const { digest, publicId, tenant, app, createdAtMs, expiresAtMs, label } = key;
  database.query(ADD).run(digest, publicId, tenant, app, createdAtMs, expiresAtMs, label);
}
