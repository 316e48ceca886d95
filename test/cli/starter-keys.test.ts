import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Artifact } from "../../src/artifact/artifact.ts";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { ensureStarterKeys, type StarterKey, starterKeyAdvice } from "../../src/cli/starter-keys.ts";
import { generateApiKey, parseApiKey } from "../../src/kernel/api-key.ts";
import { digestOf } from "../../src/kernel/hash.ts";
import type { RecordStore } from "../../src/stores/record-store.ts";
import { openRecords } from "../../src/stores/sqlite/records/open-records.ts";
import { artifactFixture } from "../support/artifact-fixture.ts";
import { keyRecords } from "../support/key-records.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { call, keyFile } from "./support/calls.ts";
import { startCli } from "./support/cli-process.ts";
import { project } from "./support/project.ts";
import { run } from "./support/test-io.ts";

// Configs are compiled in processes that share the machine with whatever else runs.
setDefaultTimeout(60_000);

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
    expect(key && starterKeyAdvice(key)).toContain("latchkey keys rotate");
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

describe("a gateway whose starter key's file was lost", () => {
  /** The gateway's starter key, and what is advised about it, at one start; `use` is while it serves. */
  async function serve(cwd: string, use: (url: string) => Promise<void> = async () => {}) {
    const gateway = startCli(["start"], cwd);
    const { url, starterKeys } = await gateway.event("serving");
    await use(String(url));
    gateway.signal("SIGTERM");
    expect(await gateway.exited).toBe(exitCodes.ok);
    const [key] = starterKeys as readonly StarterKey[];
    return { key, advice: key && starterKeyAdvice(key) };
  }

  /** Does what is advised, word by word. */
  async function follow(advice: string | undefined, cwd: string): Promise<void> {
    const command = /`latchkey ([^`]+)`/.exec(advice ?? "")?.[1] ?? "";
    expect(await run(command.split(" "), { cwd })).toMatchObject({ code: exitCodes.ok });
  }

  const works = (cwd: string) => async (url: string) => expect((await call(url, cwd)).status).toBe(200);

  test("is told how to have another key, which costs no other record and is the starter key from then on", async () => {
    const cwd = project();
    await serve(cwd);
    await run(["keys", "new", "--app", "shop/checkout", "--out", "other.key"], { cwd });
    const before = await keysOf(cwd);
    expect(before).toHaveLength(2);
    rmSync(join(cwd, ".latchkey/keys"), { recursive: true });
    const lost = await serve(cwd);
    expect(lost.key).toMatchObject({ state: "file-lost", file: keyFile(cwd) });
    expect(lost.advice).not.toContain("records.sqlite");
    await follow(lost.advice, cwd);
    expect(await serve(cwd, works(cwd))).toMatchObject({ key: { state: "kept" }, advice: undefined });
    expect(await keysOf(cwd)).toEqual(expect.arrayContaining([...before]));
  });

  test("is told how to have another key where the lost one was revoked", async () => {
    const cwd = project();
    await serve(cwd);
    const [id = ""] = await keysOf(cwd);
    expect(await run(["keys", "revoke", id], { cwd })).toMatchObject({ code: exitCodes.ok });
    rmSync(keyFile(cwd));
    const ended = await serve(cwd);
    expect(ended.key).toMatchObject({ state: "ended" });
    await follow(ended.advice, cwd);
    expect(await serve(cwd, works(cwd))).toMatchObject({ key: { state: "kept" }, advice: undefined });
  });
});

/** Public ids of the keys that a gateway's folder knows. */
async function keysOf(cwd: string): Promise<readonly string[]> {
  const { keys } = JSON.parse((await run(["keys", "list", "--json"], { cwd })).out) as {
    keys: { id: string }[];
  };
  return keys.map(({ id }) => id);
}
