import { describe, expect, test } from "bun:test";
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Artifact } from "../../src/artifact/artifact.ts";
import { ensureStarterKeys, starterKeyAdvice } from "../../src/cli/starter-keys.ts";
import { generateApiKey, parseApiKey } from "../../src/kernel/api-key.ts";
import { digestOf } from "../../src/kernel/hash.ts";
import type { RecordStore } from "../../src/stores/record-store.ts";
import { openRecords } from "../../src/stores/sqlite/records/open-records.ts";
import { artifactFixture } from "../support/artifact-fixture.ts";
import { keyRecords } from "../support/key-records.ts";
import { tempFolder } from "../support/temp-folder.ts";

const clock = { now: () => 1_700_000_000_000, monotonic: () => 0 };

/** Hash of the artifact that asks for the keys. */
const HASH = "a".repeat(64);

function artifactWith(starterKey: boolean): Artifact {
  const artifact = artifactFixture({ baseUrls: ["http://127.0.0.1:1"], key: generateApiKey("test") });
  return { ...artifact, apps: artifact.apps.map((app) => ({ ...app, starterKey })) };
}

/** Ensures the keys of the fixture's app as one start of the gateway does. */
async function start(root: string, artifact = artifactWith(true)) {
  const records = openRecords(join(root, "records.sqlite"), clock);
  try {
    const directory = join(root, "keys");
    const keys = await ensureStarterKeys(artifact, { records, directory, hash: HASH });
    return { keys, issued: await keyRecords(records), audit: await records.listAudit({ limit: 9 }) };
  } finally {
    await records.close();
  }
}

describe("ensureStarterKeys", () => {
  test("makes a key of which only the digest is on record", async () => {
    const root = tempFolder();
    const { keys, issued, audit } = await start(root);
    const [key] = keys;
    const plainText = key?.plainText ?? "";
    expect(key).toMatchObject({ tenant: "acme", app: "shop", state: "new" });
    expect(readFileSync(join(root, "keys/acme.shop.key"), "utf8")).toBe(`${plainText}\n`);
    expect(statSync(join(root, "keys/acme.shop.key")).mode & 0o777).toBe(0o600);
    expect(statSync(join(root, "keys")).mode & 0o777).toBe(0o700);
    expect(parseApiKey(plainText)?.environment).toBe("demo");
    expect(issued).toMatchObject([
      {
        id: parseApiKey(plainText)?.publicId ?? "",
        tenant: "acme",
        createdAtMs: clock.now(),
        body: {
          app: "shop",
          digest: digestOf(plainText),
          expiresAtMs: null,
          label: "starter",
          state: "active",
        },
      },
    ]);
    expect(audit).toMatchObject([
      { action: "key.create", actor: { kind: "system" }, tenant: "acme", before: null, artifact: HASH },
    ]);
    expect(JSON.stringify([issued, audit])).not.toContain(plainText);
  });

  test("keeps the key at the next start and does not tell it again", async () => {
    const root = tempFolder();
    const before = await start(root);
    const after = await start(root);
    expect(after.keys).toMatchObject([{ state: "kept" }]);
    expect(after.keys[0]?.plainText).toBeUndefined();
    expect(after.issued).toEqual(before.issued);
  });

  test("makes none where the config asks for none", async () => {
    const root = tempFolder();
    expect(await start(root, artifactWith(false))).toEqual({ keys: [], issued: [], audit: [] });
    expect(existsSync(join(root, "keys"))).toBe(false);
  });

  test("says what to do when the file is gone, and makes no second key", async () => {
    const root = tempFolder();
    const before = await start(root);
    rmSync(join(root, "keys/acme.shop.key"));
    const { keys, issued } = await start(root);
    const [key] = keys;
    expect(key?.state).toBe("file-lost");
    expect(key && starterKeyAdvice(key)).toContain("latchkey keys new");
    expect(issued).toEqual(before.issued);
  });

  test("says what to do when the record is gone, and leaves the file alone", async () => {
    const root = tempFolder();
    await start(root);
    const text = readFileSync(join(root, "keys/acme.shop.key"), "utf8");
    for (const suffix of ["", "-wal", "-shm"]) rmSync(join(root, `records.sqlite${suffix}`), { force: true });
    const { keys, issued } = await start(root);
    const [key] = keys;
    expect(key?.state).toBe("record-lost");
    expect(key && starterKeyAdvice(key)).toContain("does not work");
    expect(issued).toEqual([]);
    expect(readFileSync(join(root, "keys/acme.shop.key"), "utf8")).toBe(text);
  });

  test("makes a new one when both are gone", async () => {
    const root = tempFolder();
    const before = await start(root);
    for (const name of ["records.sqlite", "records.sqlite-wal", "records.sqlite-shm", "keys/acme.shop.key"])
      rmSync(join(root, name), { force: true });
    const after = await start(root);
    expect(after.keys).toMatchObject([{ state: "new" }]);
    expect(after.issued[0]?.body.digest).not.toBe(before.issued[0]?.body.digest);
  });

  test("leaves no file when the record cannot be written", async () => {
    const root = tempFolder();
    const full = new Error("full");
    const store = openRecords(join(root, "records.sqlite"));
    const records: RecordStore = { ...store, transact: () => Promise.reject(full) };
    const directory = join(root, "keys");
    const made = ensureStarterKeys(artifactWith(true), { records, directory, hash: HASH });
    await expect(made).rejects.toBe(full);
    await store.close();
    expect(existsSync(join(root, "keys/acme.shop.key"))).toBe(false);
  });

  test("refuses with LK-6105 where the file cannot be written", async () => {
    const root = tempFolder();
    writeFileSync(join(root, "keys"), "a file where the folder should be");
    chmodSync(join(root, "keys"), 0o600);
    await expect(start(root)).rejects.toMatchObject({ code: "LK-6105" });
  });
});
