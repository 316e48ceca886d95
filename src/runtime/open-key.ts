import { hasId } from "../artifact/grant.ts";
import type { OfferKind } from "../artifact/offer-kind.ts";
import type { OpenRateLimit } from "../limits/rate-limit.ts";
import type { AppEntry } from "./app-entry.ts";
import type { Grant } from "./grants.ts";
import type { KeyConditions, KeyEntry } from "./key-table.ts";

/** What rows say of a key. */
export interface KeyState {
  readonly name: string;
  readonly digest: string;
  readonly app: AppEntry;
  readonly grant: Grant;
  readonly expiresAtMs: number;
  readonly warnFromMs: number;
  readonly conditions: KeyConditions | undefined;
  readonly limits: readonly OpenRateLimit[] | undefined;
}

/**
 * A key whose members change with the rows. It remembers what it was used for last: with a hundred thousand of them, what
 * stands in other objects is hardly ever in the processor's caches, and most keys are used for one thing.
 */
export class OpenKey implements KeyEntry {
  name: string;
  digest: string;
  app: AppEntry;
  grant: Grant;
  expiresAtMs: number;
  warnFromMs: number;
  conditions: KeyConditions | undefined;
  limits: readonly OpenRateLimit[] | undefined;
  /** Its plain text, as soon as a request has come with it. */
  text: string | undefined = undefined;
  /** When it was used last; 0: not since somebody asked. */
  usedAtMs = 0;
  #lastKind: OfferKind | undefined = undefined;
  #lastId = -1;
  #lastService: string | null = null;

  constructor(state: KeyState) {
    this.name = state.name;
    this.digest = state.digest;
    this.app = state.app;
    this.grant = state.grant;
    this.expiresAtMs = state.expiresAtMs;
    this.warnFromMs = state.warnFromMs;
    this.conditions = state.conditions;
    this.limits = state.limits;
  }

  /** Goes by these rows from now on. */
  become(state: KeyState): void {
    Object.assign(this, state);
    this.#lastKind = undefined;
  }

  reaches(kind: OfferKind, id: number): boolean {
    if (this.#lastId === id && this.#lastKind === kind) return true;
    if (!hasId(this.grant[kind], id)) return false;
    this.#lastKind = kind;
    this.#lastId = id;
    this.#lastService = this.grant.services.nameOf(kind, id);
    return true;
  }

  serviceOf(kind: OfferKind, id: number): string | null {
    return this.reaches(kind, id) ? this.#lastService : null;
  }
}
