import type { Database } from "bun:sqlite";

/** What a state file holds, and how it came to its present form. */
export interface DatabaseKind {
  /** For messages: "call log". */
  readonly name: string;
  /** Marks the file as ours and of this kind (`PRAGMA application_id`). */
  readonly applicationId: number;
  /** SQL that leads from each version to the next one, beginning with an empty file. Only ever added to. */
  readonly migrations: readonly string[];
}

/**
 * Version of a file, which is the number of migrations that it has seen; 0 for an empty one.
 * @throws Error when the file is of another kind or was written by a newer version.
 */
export function databaseVersion(database: Database, kind: DatabaseKind): number {
  // Another process may make the tables between the two: whoever sees them sees the mark as well, not the other way round.
  const tables = number(database, "SELECT count(*) FROM sqlite_schema");
  const applicationId = number(database, "PRAGMA application_id");
  if (applicationId === 0 && tables === 0) return 0;
  if (applicationId !== kind.applicationId) throw new Error(`it is not a ${kind.name}`);
  const version = number(database, "PRAGMA user_version");
  if (version > kind.migrations.length)
    throw new Error(`it was written by a newer Latchkey (version ${version})`);
  return version;
}

/**
 * Brings a file to the present version, all or nothing. Several processes may try at once.
 * @throws Error as `databaseVersion`, or when it cannot be written.
 */
export function migrate(database: Database, kind: DatabaseKind): void {
  if (databaseVersion(database, kind) === kind.migrations.length) return;
  const steps = database.transaction(() => {
    for (const sql of kind.migrations.slice(databaseVersion(database, kind))) database.run(sql);
    database.run(`PRAGMA application_id = ${kind.applicationId}`);
    database.run(`PRAGMA user_version = ${kind.migrations.length}`);
  });
  steps.immediate();
}

function number(database: Database, sql: string): number {
  using statement = database.prepare(sql);
  const [row] = statement.values();
  return Number(row?.[0]);
}
