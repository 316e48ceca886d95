import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openCallLog } from "../../../src/stores/sqlite/call-log-reader.ts";
import { type DatabaseKind, databaseVersion, migrate } from "../../../src/stores/sqlite/database-kind.ts";
import { openRecords } from "../../../src/stores/sqlite/records/open-records.ts";
import { startCallLog } from "../../../src/stores/sqlite/start-call-log.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const folder = tempFolder();
const refused = { code: "LK-6105" };
const one = "CREATE TABLE things (name TEXT) STRICT; INSERT INTO things VALUES ('first');";
const two = "ALTER TABLE things ADD COLUMN size INTEGER; UPDATE things SET size = 7;";
const kind = (...migrations: readonly string[]): DatabaseKind => ({
  name: "box",
  applicationId: 77,
  migrations,
});

describe("migrations", () => {
  test("make an empty file what it is to be", () => {
    const database = new Database(":memory:");
    expect(databaseVersion(database, kind(one, two))).toBe(0);
    migrate(database, kind(one, two));
    expect(databaseVersion(database, kind(one, two))).toBe(2);
    expect(database.query("SELECT * FROM things").all()).toEqual([{ name: "first", size: 7 }]);
  });

  test("take an older file on from where it is", () => {
    const database = new Database(":memory:");
    migrate(database, kind(one));
    database.run("INSERT INTO things VALUES ('kept')");
    migrate(database, kind(one, two));
    migrate(database, kind(one, two));
    expect(database.query("SELECT * FROM things").all()).toEqual([
      { name: "first", size: 7 },
      { name: "kept", size: 7 },
    ]);
  });

  test("happen whole or not at all", () => {
    const database = new Database(":memory:");
    expect(() => migrate(database, kind(one, two, "CREATE NONSENSE"))).toThrow("NONSENSE");
    expect(databaseVersion(database, kind(one))).toBe(0);
    expect(database.query("SELECT * FROM sqlite_schema").all()).toEqual([]);
  });

  test("do not touch a file of a newer version", () => {
    const database = new Database(":memory:");
    migrate(database, kind(one, two));
    expect(() => migrate(database, kind(one))).toThrow("newer Latchkey (version 2)");
  });

  test.each([0, 1, 2])(
    "of another process may come to their end between two looks, after look %p",
    (looks) => {
      const file = join(folder, `raced-${looks}.sqlite`);
      const mine = new Database(file);
      mine.run("PRAGMA journal_mode = WAL");
      let seen = 0;
      const raced = new Proxy(mine, {
        get(database, name) {
          if (name !== "prepare") return Reflect.get(database, name);
          return (sql: string) => {
            if (seen++ === looks) {
              const other = new Database(file);
              migrate(other, kind(one));
              other.close();
            }
            return database.prepare(sql);
          };
        },
      });
      expect([0, 1]).toContain(databaseVersion(raced, kind(one)));
      mine.close();
    },
  );

  test("do not touch a file of another kind", () => {
    const database = new Database(":memory:");
    database.run("CREATE TABLE other (name TEXT)");
    expect(() => migrate(database, kind(one))).toThrow("it is not a box");
    expect(database.query("SELECT name FROM sqlite_schema").values()).toEqual([["other"]]);
  });
});

describe("a file", () => {
  const file = (name: string): string => join(folder, name);
  const expectRefused = async (
    path: string,
    ...subjects: readonly ("calls" | "records")[]
  ): Promise<void> => {
    if (subjects.includes("calls")) {
      expect(() => openCallLog(path)).toThrow(expect.objectContaining(refused));
      await expect(startCallLog({ file: path })).rejects.toMatchObject(refused);
    }
    if (subjects.includes("records"))
      expect(() => openRecords(path)).toThrow(expect.objectContaining(refused));
  };

  test("that is not there has no rows", () => {
    const reader = openCallLog(file("nothing.sqlite"));
    expect([reader.read({ limit: 9 }), reader.losses(0)]).toEqual([[], []]);
    reader.close();
  });

  test("that is still empty has no rows", () => {
    writeFileSync(file("empty.sqlite"), "");
    const reader = openCallLog(file("empty.sqlite"));
    expect([reader.read({ limit: 9 }), reader.losses(0)]).toEqual([[], []]);
  });

  test("that is no database is refused", async () => {
    writeFileSync(file("text"), "not a database, by any means".repeat(100));
    await expectRefused(file("text"), "calls", "records");
  });

  test("of another program is refused", async () => {
    const other = new Database(file("other.sqlite"));
    other.run("CREATE TABLE calls (position INTEGER)");
    other.run("PRAGMA user_version = 1");
    other.close();
    await expectRefused(file("other.sqlite"), "calls", "records");
  });

  test("of records is no call log, and the other way round", async () => {
    await openRecords(file("records.sqlite")).close();
    await (await startCallLog({ file: file("calls.sqlite") })).close();
    await expectRefused(file("records.sqlite"), "calls");
    await expectRefused(file("calls.sqlite"), "records");
    expect(() => openCallLog(file("records.sqlite"))).toThrow(
      `The call log ${file("records.sqlite")} cannot be used: it is not a call log.`,
    );
  });

  test("of a newer version is refused", async () => {
    await (await startCallLog({ file: file("newer.sqlite") })).close();
    const database = new Database(file("newer.sqlite"));
    database.run("PRAGMA user_version = 99");
    database.close();
    await expectRefused(file("newer.sqlite"), "calls");
  });

  test("of an older version has to be brought up to date by its writer", async () => {
    await (await startCallLog({ file: file("older.sqlite") })).close();
    const database = new Database(file("older.sqlite"));
    database.run("PRAGMA user_version = -1");
    database.close();
    expect(() => openCallLog(file("older.sqlite"))).toThrow("start the gateway once");
  });

  test("in a folder that is not there is refused", async () => {
    await expect(startCallLog({ file: file("no/folder/calls.sqlite") })).rejects.toMatchObject(refused);
    expect(() => openRecords(file("no/folder/records.sqlite"))).toThrow(expect.objectContaining(refused));
  });

  test("whose tables are damaged is told apart from one without rows", async () => {
    await (await startCallLog({ file: file("damaged.sqlite") })).close();
    const database = new Database(file("damaged.sqlite"));
    database.run("DROP TABLE call_batches");
    database.run("DROP TABLE call_loss");
    database.close();
    const reader = openCallLog(file("damaged.sqlite"));
    expect(() => reader.read({ limit: 1 })).toThrow(expect.objectContaining(refused));
    expect(() => reader.losses(0)).toThrow(expect.objectContaining(refused));
    reader.close();
  });
});
