import { describe, expect, test } from "bun:test";
import { chmodSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { digestOf } from "../../../src/kernel/hash.ts";
import type { IssuedKey } from "../../../src/stores/ports.ts";
import { openRecords } from "../../../src/stores/sqlite/records.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const folder = tempFolder();
const keyOf = (name: string, fields: Partial<IssuedKey> = {}): IssuedKey => ({
  digest: digestOf(name),
  publicId: "abcdefghijkl",
  tenant: "demo",
  app: "playground",
  createdAtMs: 1_000,
  expiresAtMs: null,
  label: "starter",
  ...fields,
});

describe("issued keys", () => {
  test("are there when the file is opened again, by two at once", () => {
    const file = join(folder, "records.sqlite");
    const first = openRecords(file);
    const second = openRecords(file);
    const later = keyOf("y", { createdAtMs: 2_000, expiresAtMs: 9_000 });
    second.issuedKeys.add(later);
    first.issuedKeys.add(keyOf("x"));
    expect(first.issuedKeys.list()).toEqual([keyOf("x"), later]);
    expect(second.issuedKeys.list()).toEqual([keyOf("x"), later]);
    first.close();
    second.close();
    const again = openRecords(file);
    expect(again.issuedKeys.list()).toHaveLength(2);
    again.close();
  });

  test("may be added by several processes at once, to a file that none has made yet", async () => {
    const file = join(folder, "shared.sqlite");
    const script = Bun.fileURLToPath(new URL("./support/add-key-process.ts", import.meta.url));
    const names = ["a", "b", "c"].map((process) => [1, 2, 3, 4, 5].map((index) => `${process}${index}`));
    const children = names.map((keys) =>
      Bun.spawn([process.execPath, script, file, JSON.stringify(keys.map((name) => keyOf(name)))]),
    );
    expect(await Promise.all(children.map((child) => child.exited))).toEqual([0, 0, 0]);
    const records = openRecords(file);
    const digests = records.issuedKeys.list().map(({ digest }) => digest);
    expect(digests).toEqual(names.flat().map(digestOf).sort());
    records.close();
  });

  test("exist once", () => {
    const records = openRecords(join(folder, "once.sqlite"));
    records.issuedKeys.add(keyOf("x"));
    expect(() => records.issuedKeys.add(keyOf("x", { label: "other" }))).toThrow(
      expect.objectContaining({ code: "LK-6105" }),
    );
    expect(records.issuedKeys.list()).toEqual([keyOf("x")]);
    records.close();
  });

  test("may have any text as a label", () => {
    const records = openRecords(join(folder, "labels.sqlite"));
    const label = "'); DROP TABLE issued_keys; --\0🗝";
    records.issuedKeys.add(keyOf("x", { label }));
    expect(records.issuedKeys.list()).toEqual([keyOf("x", { label })]);
    records.close();
  });

  test("can be read by their owner only, also when the file stood open before", () => {
    const file = join(folder, "open.sqlite");
    writeFileSync(file, "");
    chmodSync(file, 0o666);
    const records = openRecords(file);
    records.issuedKeys.add(keyOf("x"));
    const modes = ["", "-wal", "-shm"].map((part) => statSync(file + part).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600, 0o600]);
    records.close();
  });

  test("of a closed store cannot be used", () => {
    const records = openRecords(join(folder, "closed.sqlite"));
    records.close();
    expect(() => records.issuedKeys.list()).toThrow(expect.objectContaining({ code: "LK-6105" }));
  });
});
