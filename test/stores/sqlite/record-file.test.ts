import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { chmodSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { digestOf } from "../../../src/kernel/hash.ts";
import { openRecords } from "../../../src/stores/sqlite/records/open-records.ts";
import { keyRecords } from "../../support/key-records.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { newKey } from "../conformance/samples.ts";

/** A file as the first version left it: digest, public id, tenant, app, made at, expires at, label. */
function writeFirstVersion(file: string, rows: readonly (readonly (string | number | null)[])[]): void {
  using database = new Database(file);
  database.run(`CREATE TABLE issued_keys (digest TEXT PRIMARY KEY, public_id TEXT NOT NULL, tenant TEXT NOT NULL,
    app TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER, label TEXT NOT NULL) STRICT`);
  for (const row of rows) database.query("INSERT INTO issued_keys VALUES (?, ?, ?, ?, ?, ?, ?)").run(...row);
  database.run(`PRAGMA application_id = ${0x4c_4b_52_45}`);
  database.run("PRAGMA user_version = 1");
}

describe("a file of records", () => {
  test("of the first version has its issued keys as records", async () => {
    const file = join(tempFolder(), "records.sqlite");
    writeFirstVersion(file, [
      [digestOf("late"), "bbb", "acme", "o'shop", 2_000, 9_000, "starter"],
      [digestOf("early"), "aaa", "demo", "playground", 1_000, null, "starter"],
    ]);
    const records = openRecords(file);
    const { body } = newKey("aaa", "demo", { app: "playground", digest: digestOf("early") });
    const scope = { ...body.scope, models: null, methods: null };
    expect(await records.get("key", "aaa")).toEqual({
      kind: "key",
      id: "aaa",
      tenant: "demo",
      version: 1,
      createdAtMs: 1_000,
      updatedAtMs: 1_000,
      body: {
        ...body,
        ...{ name: "starter", label: "starter", environment: "demo", createdBy: "system" },
        ...{ requestsPerMinute: null, scope },
      },
    });
    const found = await records.list({ kind: "key", tenant: "acme", where: { app: "o'shop" }, limit: 9 });
    expect(found.records).toMatchObject([{ id: "bbb", body: { expiresAtMs: 9_000, state: "active" } }]);
    const named = await records.list({ kind: "key", tenant: "demo", where: { name: "starter" }, limit: 9 });
    expect(named.records.map(({ id }) => id)).toEqual(["aaa"]);
    expect((await keyRecords(records)).map(({ id }) => id)).toEqual(["aaa", "bbb"]);
    expect(await records.changesAfter(0, 9)).toMatchObject([{ id: "aaa" }, { id: "bbb" }]);
    await records.close();
  });

  test("of the first version keeps both of two keys with one public id", async () => {
    const file = join(tempFolder(), "records.sqlite");
    const digests = [digestOf("x"), digestOf("y")].sort();
    writeFirstVersion(
      file,
      digests.map((digest) => [digest, "same", "acme", "shop", 1, null, "starter"]),
    );
    const records = openRecords(file);
    expect((await keyRecords(records)).map(({ body }) => body.digest as string)).toEqual(digests);
    await records.close();
  });

  test("may be made and written by several processes at once", async () => {
    const file = join(tempFolder(), "records.sqlite");
    const script = Bun.fileURLToPath(new URL("../conformance/other-process.ts", import.meta.url));
    const module = new URL("../../../src/stores/sqlite/records/open-records.ts", import.meta.url).href;
    const names = ["a", "b", "c"].map((process) => [1, 2, 3, 4, 5].map((index) => `${process}${index}`));
    const children = names.map((ids) =>
      Bun.spawn([process.execPath, script, module, "openRecords", file, "make", ids.join(",")]),
    );
    expect(await Promise.all(children.map((child) => child.exited))).toEqual([0, 0, 0]);
    const records = openRecords(file);
    const ids = (await keyRecords(records)).map(({ id }) => id);
    expect(ids.toSorted()).toEqual(names.flat());
    await records.close();
  });

  test("is held, so that no other program takes away what is not yet in the file itself", async () => {
    const file = join(tempFolder(), "records.sqlite");
    const records = openRecords(file);
    const again = openRecords(file);
    await again.close();
    // Whoever is alone with a file may do away with its log of writes, and most programs do so when they close it.
    const script = `const { Database } = await import("bun:sqlite");
      const database = new Database(process.argv[1]);
      database.run("PRAGMA locking_mode = EXCLUSIVE");
      try { database.query("SELECT count(*) FROM records").get(); } catch (thrown) { console.log(thrown.code); }`;
    const other = Bun.spawnSync([process.execPath, "-e", script, file]);
    expect(other.stdout.toString()).toBe("SQLITE_BUSY\n");
    await records.close();
  });

  test("can be read by its owner only, also when it stood open before", async () => {
    const file = join(tempFolder(), "records.sqlite");
    writeFileSync(file, "");
    chmodSync(file, 0o666);
    const records = openRecords(file);
    await records.transact(({ insert }) => insert(newKey("x")));
    const modes = ["", "-wal", "-shm"].map((part) => statSync(file + part).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600, 0o600]);
    await records.close();
  });

  test("that another program holds locked does not stop the thread while it is waited for", async () => {
    const file = join(tempFolder(), "records.sqlite");
    const records = openRecords(file);
    const other = new Database(file);
    other.run("BEGIN IMMEDIATE");
    let waiting = true;
    const made = records
      .transact(({ insert }) => insert(newKey("x")))
      .finally(() => {
        waiting = false;
      });
    for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate);
    expect(waiting).toBe(true);
    other.run("COMMIT");
    expect(await made).toMatchObject({ id: "x" });
    other.close();
    await records.close();
  });

  test("whose writes fail keeps nothing of a transaction that goes on all the same", async () => {
    const file = join(tempFolder(), "records.sqlite");
    const records = openRecords(file);
    using other = new Database(file);
    other.run(
      "CREATE TRIGGER full BEFORE INSERT ON changes WHEN NEW.id = 'x' BEGIN SELECT RAISE(ABORT, 'full'); END",
    );
    const made = records.transact(async ({ insert }) => {
      await insert(newKey("w"));
      await insert(newKey("x")).catch(() => undefined);
    });
    await expect(made).rejects.toMatchObject({ code: "LK-6105", message: expect.stringContaining("full") });
    expect(await records.count({ kind: "key" })).toBe(0);
    await records.close();
  });
});
