import { Database } from "bun:sqlite";
import { join } from "node:path";
import { openRecords } from "../../../src/stores/sqlite/records/open-records.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { recordStoreConformance } from "../conformance/record-store-conformance.ts";
import type { AuditTampering, StoreUnderTest } from "../conformance/store-under-test.ts";

const TRIGGERS = ["audit_stays", "audit_keeps", "audit_grows"];

recordStoreConformance(async (): Promise<StoreUnderTest> => {
  const file = join(tempFolder(), "records.sqlite");
  return {
    open: async () => openRecords(file),
    elsewhere: [
      new URL("../../../src/stores/sqlite/records/open-records.ts", import.meta.url).href,
      "openRecords",
      file,
    ],
    tamper: async (change) =>
      write(file, [...TRIGGERS.map((name) => `DROP TRIGGER ${name}`), ...sqlOf(change)]),
    tryToChange: async (how) => write(file, [ATTEMPTS[how]]),
  };
});

const ATTEMPTS = {
  change: "UPDATE audit SET entry = '{}' WHERE sequence = 1",
  remove: "DELETE FROM audit WHERE sequence = 1",
  replace: "INSERT OR REPLACE INTO audit (sequence, hash, entry) VALUES (1, '', '{}')",
};

function sqlOf({ kind, sequence }: AuditTampering): readonly string[] {
  const rest = `sequence > ${sequence}`;
  switch (kind) {
    case "change":
      return [`UPDATE audit SET entry = replace(entry, 'ann@', 'bob@') WHERE sequence = ${sequence}`];
    case "remove":
      return [`DELETE FROM audit WHERE sequence = ${sequence}`];
    case "insert":
      return [
        `UPDATE audit SET sequence = -sequence WHERE ${rest}`,
        "UPDATE audit SET sequence = 1 - sequence WHERE sequence < 0",
        `INSERT INTO audit (sequence, hash, entry) SELECT sequence + 1, hash, entry FROM audit WHERE sequence = ${sequence}`,
      ];
  }
}

function write(file: string, statements: readonly string[]): void {
  using database = new Database(file);
  for (const statement of statements) database.run(statement);
}
