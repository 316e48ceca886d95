import { existsSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Artifact } from "../artifact/artifact.ts";
import { generateApiKey, parseApiKey } from "../kernel/api-key.ts";
import { LatchkeyError } from "../kernel/error.ts";
import { digestOf } from "../kernel/hash.ts";
import type { RecordStore, StoredRecord } from "../stores/record-store.ts";
import { starterKeyBody, starterLabel } from "./starter-key-body.ts";
import { shellWord } from "./text.ts";

/** A key that an application with `starterKey: true` has from the first start on. */
export interface StarterKey {
  readonly tenant: string;
  readonly app: string;
  /** File that holds the plain text. */
  readonly file: string;
  /**
   * `new`: made just now. `kept`: made earlier. The others cannot be used as they stand: `file-lost`, the record
   * is there but not the plain text; `ended`, neither is, and the key was revoked or replaced before; `record-lost`,
   * the file holds a key that no record knows.
   */
  readonly state: "new" | "kept" | "file-lost" | "ended" | "record-lost";
  /** Public id of the key that still works, only where its file is lost. */
  readonly id?: string;
  /** The plain text, only where it was made just now. */
  readonly plainText?: string;
}

/** What starter keys are made with. */
export interface StarterKeyOptions {
  readonly records: RecordStore;
  /** Folder of the key files. */
  readonly directory: string;
  /** Of the artifact that asks for them. */
  readonly hash: string;
}

type KeyRecord = StoredRecord<"key">;

/**
 * Makes the starter keys that are missing; those that exist are never touched.
 * @throws LatchkeyError LK-6105 when a key file or the record cannot be written.
 */
export async function ensureStarterKeys(
  artifact: Artifact,
  options: StarterKeyOptions,
): Promise<readonly StarterKey[]> {
  const keys: StarterKey[] = [];
  for (const { name: app, tenant: tenantId, starterKey } of artifact.apps) {
    const tenant = artifact.tenants[tenantId]?.name;
    if (!starterKey || tenant === undefined) continue;
    keys.push(await ensureKey({ tenant, app }, await keyRecords({ tenant, app }, options.records), options));
  }
  return keys;
}

/** What to do about a starter key that cannot be used; nothing for one that can. */
export function starterKeyAdvice({ state, tenant, app, file, id }: StarterKey): string | undefined {
  const out = `--out ${shellWord(file)}`;
  switch (state) {
    case "file-lost":
      return `The starter key of ${tenant}/${app} still works, but its file ${file} is gone and its text is stored nowhere else. \`latchkey keys rotate ${id} ${out}\` puts another key in its place.`;
    case "ended":
      return `The starter key of ${tenant}/${app} was revoked or replaced, and its file ${file} is gone. \`latchkey keys new --app ${tenant}/${app} ${out}\` issues another key.`;
    case "record-lost":
      return `The key in ${file} is not the one on record for ${tenant}/${app} and does not work. Move the file away and start again to have a new one made.`;
    default:
      return undefined;
  }
}

interface Owner {
  readonly tenant: string;
  readonly app: string;
}

/** Issued keys of an application, also those that were revoked. */
async function keyRecords({ tenant, app }: Owner, store: RecordStore): Promise<readonly KeyRecord[]> {
  const found: KeyRecord[] = [];
  let after: string | null | undefined;
  while (after !== null) {
    const query = { kind: "key", tenant, where: { app }, limit: 1_000 } as const;
    const page = await store.list(after === undefined ? query : { ...query, after });
    found.push(...page.records);
    after = page.next;
  }
  return found;
}

async function ensureKey(
  owner: Owner,
  records: readonly KeyRecord[],
  options: StarterKeyOptions,
): Promise<StarterKey> {
  const name = `${encodeURIComponent(owner.tenant)}.${encodeURIComponent(owner.app)}.key`;
  const file = join(options.directory, name);
  if (existsSync(file)) {
    // Also one that took the place of the first, which nobody labelled.
    const digest = digestOf(readKeyFile(file));
    return {
      ...owner,
      file,
      state: records.some(({ body }) => body.digest === digest) ? "kept" : "record-lost",
    };
  }
  const starters = records.filter(({ body }) => body.label === starterLabel);
  if (starters.length > 0) return { ...owner, file, ...(await lost(starters, options)) };
  return { ...owner, file, state: "new", plainText: await issueKey(owner, file, options) };
}

/** How it stands with a starter key whose file is gone. One that was replaced, and works for a while yet, counts as ended. */
async function lost(
  starters: readonly KeyRecord[],
  { directory }: StarterKeyOptions,
): Promise<Pick<StarterKey, "state" | "id">> {
  const working = starters.find(
    ({ body }) => body.state === "active" && (body.replacedBy ?? null) === null && body.expiresAtMs === null,
  );
  // What is advised writes into the folder, which may be gone as well.
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return working === undefined ? { state: "ended" } : { state: "file-lost", id: working.id };
}

async function issueKey(
  owner: Owner,
  file: string,
  { records, directory, hash }: StarterKeyOptions,
): Promise<string> {
  const plainText = generateApiKey("demo");
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    // `wx`: two starts at once never overwrite each other's key.
    await writeFile(file, `${plainText}\n`, { mode: 0o600, flag: "wx" });
  } catch (cause) {
    throw new LatchkeyError("LK-6105", `The key file ${file} cannot be written.`, { cause });
  }
  try {
    await recordKey(owner, plainText, { records, hash });
  } catch (thrown) {
    // A file without its record would hold a key that does not work.
    await rm(file, { force: true });
    throw thrown;
  }
  return plainText;
}

async function recordKey(
  { tenant, app }: Owner,
  plainText: string,
  { records, hash }: Pick<StarterKeyOptions, "records" | "hash">,
): Promise<void> {
  const id = parseApiKey(plainText)?.publicId ?? "";
  const body = starterKeyBody(app, digestOf(plainText));
  await records.transact(async (transaction) => {
    await transaction.insert({ kind: "key", id, tenant, body });
    await transaction.audit({
      actor: { kind: "system", id: "starter-keys", address: null },
      tenant,
      action: "key.create",
      subject: `key:${id}`,
      before: null,
      after: { ...body, scope: { ...body.scope } },
      artifact: hash,
    });
  });
}

function readKeyFile(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (cause) {
    throw new LatchkeyError("LK-6105", `The key file ${file} cannot be read.`, { cause });
  }
}
