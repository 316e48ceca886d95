import type { DatabaseKind } from "../database-kind.ts";
import { fromIssuedKeys } from "./from-issued-keys.ts";

const issuedKeys = `
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
 * `scope` is "=" and the tenant, or empty for the platform's own; `value` is "=" and the text, or empty for
 * null. So every condition is an equality that an index answers. `position` grows with each record made.
 */
const records = `
CREATE TABLE records (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  scope TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (kind, id)
) STRICT;
CREATE INDEX records_by_kind ON records (kind, position);
CREATE INDEX records_by_scope ON records (kind, scope, position);

CREATE TABLE record_values (
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  position INTEGER NOT NULL,
  scope TEXT NOT NULL,
  PRIMARY KEY (field, value, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_values_by_scope ON record_values (scope, field, value, position);

CREATE TABLE changes (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  UNIQUE (kind, id)
) STRICT;

CREATE TABLE secrets (name TEXT PRIMARY KEY, secret BLOB NOT NULL) STRICT;
INSERT INTO secrets VALUES ('cursor', randomblob(16));
`;

/**
 * `entry` is the canonical JSON that the hash is of, and the other columns are read out of it, so that they
 * cannot say anything else. `audit_head` knows the last entry, so that its removal shows.
 */
const audit = `
CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY,
  hash TEXT NOT NULL,
  entry TEXT NOT NULL,
  tenant TEXT AS (entry ->> '$.tenant'),
  actor TEXT AS (entry ->> '$.actor.id'),
  action TEXT AS (entry ->> '$.action'),
  subject TEXT AS (entry ->> '$.subject'),
  time INTEGER AS (entry ->> '$.timeMs')
) STRICT;
CREATE INDEX audit_by_tenant ON audit (tenant, sequence);
CREATE INDEX audit_by_subject ON audit (subject, sequence);
CREATE TABLE audit_head (one INTEGER PRIMARY KEY CHECK (one = 1), sequence INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
INSERT INTO audit_head VALUES (1, 0, '${"0".repeat(64)}');

CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_keeps BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_grows BEFORE INSERT ON audit
WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM audit)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
`;

/** Keys are found by their names, those that were issued before too. */
const keyNames = `
INSERT INTO record_values (field, value, position, scope)
SELECT 'key.name', '=' || (body ->> '$.name'), position, scope FROM records WHERE kind = 'key';
`;

/** Changes of kinds that nobody follows are not told any more, and the older ones of the others need not be kept for ever. */
const forgottenChanges = `
DELETE FROM changes WHERE kind NOT IN ('key', 'subscription');
CREATE TABLE forgotten_changes (one INTEGER PRIMARY KEY CHECK (one = 1), sequence INTEGER NOT NULL) STRICT;
INSERT INTO forgotten_changes VALUES (1, 0);
`;

/** The records: `LKRE`. */
export const recordsKind: DatabaseKind = {
  name: "record store",
  applicationId: 0x4c_4b_52_45,
  migrations: [issuedKeys, records + audit + fromIssuedKeys, keyNames, forgottenChanges],
};
