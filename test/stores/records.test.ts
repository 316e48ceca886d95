import { describe, expect, test } from "bun:test";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { digestOf } from "../../src/kernel/hash.ts";
import type { IssuedKey } from "../../src/stores/ports.ts";
import { openRecords } from "../../src/stores/sqlite/records.ts";
import { tempFolder } from "../support/temp-folder.ts";

const folder = tempFolder();
const key: IssuedKey = {
  digest: digestOf("x"),
  publicId: "abcdefghijkl",
  tenant: "demo",
  app: "playground",
  createdAtMs: 1_000,
  expiresAtMs: null,
  label: "starter",
};

describe("issued keys", () => {
  test("are there when the file is opened again, by another process too", () => {
    const file = join(folder, "records.sqlite");
    const first = openRecords(file);
    const second = openRecords(file);
    first.issuedKeys.add(key);
    second.issuedKeys.add({ ...key, digest: digestOf("y"), createdAtMs: 2_000, expiresAtMs: 9_000 });
    expect(first.issuedKeys.list()).toEqual([
      key,
      { ...key, digest: digestOf("y"), createdAtMs: 2_000, expiresAtMs: 9_000 },
    ]);
    first.close();
    second.close();
    const again = openRecords(file);
    expect(again.issuedKeys.list()).toHaveLength(2);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    again.close();
  });

  test("exist once", () => {
    const records = openRecords(join(folder, "once.sqlite"));
    records.issuedKeys.add(key);
    expect(() => records.issuedKeys.add(key)).toThrow(expect.objectContaining({ code: "LK-6105" }));
    expect(records.issuedKeys.list()).toHaveLength(1);
    records.close();
  });

  test("are not read from something else", () => {
    const file = join(folder, "text.sqlite");
    writeFileSync(file, "not a database, by any means".repeat(100));
    expect(() => openRecords(file)).toThrow(expect.objectContaining({ code: "LK-6105" }));
  });
});
