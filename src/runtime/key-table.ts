import type { Artifact } from "../artifact/artifact.ts";
import type { OfferKind } from "../artifact/offer-kind.ts";
import { sha256Hex } from "../kernel/hash.ts";
import { type Networks, parseNetworks } from "../kernel/networks.ts";
import { type OpenRateLimit, openRateLimit } from "../limits/rate-limit.ts";
import type { KeyRow, OverlayRows } from "../overlay/rows.ts";
import { type AppEntry, type ChangeableApp, openApps } from "./app-entry.ts";
import { type Grant, openGrant } from "./grants.ts";
import { type KeyState, OpenKey } from "./open-key.ts";
import { OpenUses } from "./open-uses.ts";

/** A key as the request path sees it. */
export interface KeyEntry {
  /** Name in the config, or public id of an issued key. */
  readonly name: string;
  /** 64 hex digits. */
  readonly digest: string;
  readonly app: AppEntry;
  readonly expiresAtMs: number;
  /** From when on its holder is warned; infinite: never. */
  readonly warnFromMs: number;
  readonly grant: Grant;
  /** What a request has to meet beside its key; undefined for nearly all keys. */
  readonly conditions: KeyConditions | undefined;
  /** Its own limits and those of its application and tenant; undefined: it is under none. */
  readonly limits: readonly OpenRateLimit[] | undefined;
  /** Whether it may use a thing. */
  readonly reaches: (kind: OfferKind, id: number) => boolean;
  /** Name of the service that its use of a thing counts for; null: it may not use it. */
  readonly serviceOf: (kind: OfferKind, id: number) => string | null;
}

/** That a key was used. */
export interface KeyUse {
  readonly tenant: string;
  readonly app: string;
  /** Name in the config, or public id of an issued key. */
  readonly name: string;
  /** When it was used last. */
  readonly atMs: number;
}

/** From where and how a key may be used. A null allows everything; an empty list nothing. */
export interface KeyConditions {
  readonly methods: ReadonlySet<string> | null;
  readonly networks: Networks | null;
}

/**
 * Finds keys by their digest. What was decided at run time changes it in place: one thread reads and changes it, so a
 * request sees all of a change or nothing of it.
 */
export class KeyTable {
  readonly #artifact: Artifact;
  readonly #apps: readonly ChangeableApp[];
  readonly #grants = new Map<number, Grant>();
  readonly #uses: OpenUses;
  /** By 64 hex digits, without a prefix. */
  readonly #byDigest = new Map<string, OpenKey>();
  /**
   * Saves the checksum and the digest of keys that have called before: beyond a few thousand they would take a twentieth of
   * a call. Only texts of keys that work stand here, one for each, so that it never grows beyond them. A text has to be
   * the same in all of its letters to be found, and how long that takes tells nothing that could be guessed at: who
   * does not have the 43 letters of its secret does not know its place in the table.
   */
  readonly #byText = new Map<string, OpenKey>();
  readonly #used: OpenKey[] = [];

  constructor(artifact: Artifact) {
    this.#artifact = artifact;
    this.#uses = new OpenUses(artifact);
    this.#apps = openApps(artifact);
  }

  /** Notes that a request came with a key. */
  noteUse(key: KeyEntry, atMs: number): void {
    const entry = key as OpenKey;
    if (entry.usedAtMs === 0) this.#used.push(entry);
    entry.usedAtMs = atMs;
  }

  /**
   * Keys that were used since they were last told; those that wait longest first.
   * @param most of them; an eighth of all where that is more, so that they do not pile up
   */
  takeUses(most: number): readonly KeyUse[] {
    const count = Math.max(most, Math.ceil(this.#used.length / 8));
    return this.#used.splice(0, count).map((entry) => {
      const atMs = entry.usedAtMs;
      entry.usedAtMs = 0;
      return { tenant: entry.app.tenant, app: entry.app.name, name: entry.name, atMs };
    });
  }

  /** The key behind a plain text that was seen before; `undefined` says nothing. */
  remembered(text: string): KeyEntry | undefined {
    return this.#byText.get(text);
  }

  /** The key behind a plain text. */
  find(text: string): KeyEntry | undefined {
    const entry = this.#byDigest.get(sha256Hex(text));
    if (entry === undefined) return undefined;
    // Not the caller's text itself: that one keeps the whole head of its request in memory.
    entry.text = Buffer.from(text).toString();
    this.#byText.set(entry.text, entry);
    return entry;
  }

  /** The key of a digest, without a prefix. */
  byDigest(digest: string): KeyEntry | undefined {
    return this.#byDigest.get(digest);
  }

  /** Goes by these rows from now on. */
  apply({ grants, limits: ofApps, keys, apps, goneKeys, goneGrants }: OverlayRows): void {
    const open = this.#uses.reader();
    for (const row of grants) this.#grants.set(row.id, openGrant(this.#artifact, row, open));
    for (const { app, pending } of apps) {
      const entry = this.#apps[app];
      if (entry !== undefined) entry.pending = pending;
    }
    for (const { app, limits } of ofApps) {
      const entry = this.#apps[app];
      if (entry !== undefined) entry.limits = limits.map(openRateLimit);
    }
    for (const row of keys) this.#put(row);
    for (const digest of goneKeys) {
      const entry = this.#byDigest.get(digest);
      if (entry?.text !== undefined) this.#byText.delete(entry.text);
      this.#byDigest.delete(digest);
    }
    for (const id of goneGrants) this.#grants.delete(id);
  }

  #put(row: KeyRow): void {
    const { digest, name, app: appId, grant: grantId, expiresAtMs, warnFromMs, limits, ...narrows } = row;
    const app = this.#apps[appId];
    const grant = this.#grants.get(grantId);
    if (app === undefined || grant === undefined) return;
    const state: KeyState = {
      ...{ name, digest, app, grant },
      expiresAtMs: expiresAtMs ?? Infinity,
      warnFromMs: warnFromMs ?? Infinity,
      conditions: conditionsOf(narrows),
      limits: limits.length === 0 ? app.limits : [...limits.map(openRateLimit), ...(app.limits ?? [])],
    };
    const known = this.#byDigest.get(digest);
    if (known === undefined) this.#byDigest.set(digest, new OpenKey(state));
    else known.become(state);
  }
}

function conditionsOf({
  methods,
  networks,
}: Pick<KeyRow, "methods" | "networks">): KeyConditions | undefined {
  if (methods === null && networks === null) return undefined;
  return {
    methods: methods === null ? null : new Set(methods),
    networks: networks === null ? null : parseNetworks(networks),
  };
}
