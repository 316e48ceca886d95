import type { Artifact } from "../artifact/artifact.ts";
import { decodeIdSet } from "../artifact/grant.ts";
import { sha256Hex } from "../kernel/hash.ts";
import type { IssuedKey } from "../stores/ports.ts";

/** What a key may reach, decoded once for all keys that share it. */
export interface Grant {
  readonly id: number;
  readonly models: Uint32Array;
  readonly endpoints: Uint32Array;
  readonly backends: Uint32Array;
}

/** A key as the request path sees it. */
export interface KeyEntry {
  /** Name in the config, or public id of an issued key. */
  readonly name: string;
  readonly app: AppEntry;
  readonly expiresAtMs: number;
  readonly grant: Grant;
}

/** The application behind a key. */
export interface AppEntry {
  readonly id: number;
  readonly name: string;
  readonly tenant: string;
}

/** Plain keys that are remembered once they were found; beyond that the memory begins anew. */
const REMEMBERED_KEYS = 4_096;

/** Finds keys by their digest. */
export class KeyTable {
  readonly #byDigest: ReadonlyMap<string, KeyEntry>;
  /** Saves the checksum and the digest of keys that call often. Lives and dies with the table. */
  readonly #byText = new Map<string, KeyEntry>();

  /** @param byDigest keys by 64 hex digits, without a prefix */
  constructor(byDigest: ReadonlyMap<string, KeyEntry>) {
    this.#byDigest = byDigest;
  }

  /** The key behind a plain text that was seen before; `undefined` says nothing. */
  remembered(text: string): KeyEntry | undefined {
    return this.#byText.get(text);
  }

  /** The key behind a plain text. */
  find(text: string): KeyEntry | undefined {
    const entry = this.#byDigest.get(sha256Hex(text));
    if (entry === undefined) return undefined;
    if (this.#byText.size >= REMEMBERED_KEYS) this.#byText.clear();
    this.#byText.set(text, entry);
    return entry;
  }
}

const DIGEST_PREFIX = "sha256:".length;

/** Builds the table from the artifact's keys and the issued ones laid over them. */
export function buildKeyTable(artifact: Artifact, issued: readonly IssuedKey[]): KeyTable {
  const grants = artifact.grants.map((grant, id) => ({
    id,
    models: decodeIdSet(grant.models, artifact.models.length),
    endpoints: decodeIdSet(grant.endpoints, artifact.endpoints.length),
    backends: decodeIdSet(grant.backends, artifact.backends.length),
  }));
  const apps = artifact.apps.map((app, id) => ({
    id,
    name: app.name,
    tenant: artifact.tenants[app.tenant]?.name ?? "",
  }));
  const table = new Map<string, KeyEntry>();
  for (const key of artifact.keys) {
    const app = apps[key.app];
    const grant = grants[key.grant];
    if (app === undefined || grant === undefined) continue;
    table.set(key.digest.slice(DIGEST_PREFIX), {
      name: key.name,
      app,
      grant,
      expiresAtMs: key.expiresAtMs ?? Infinity,
    });
  }
  for (const key of issued) {
    const app = apps.find((candidate) => candidate.name === key.app && candidate.tenant === key.tenant);
    const grant = app && grants[artifact.apps[app.id]?.grant ?? -1];
    if (app === undefined || grant === undefined) continue;
    const entry = { name: key.publicId, app, grant, expiresAtMs: key.expiresAtMs ?? Infinity };
    table.set(key.digest.slice(DIGEST_PREFIX), entry);
  }
  return new KeyTable(table);
}
