import type { Artifact, ArtifactKey } from "../artifact/artifact.ts";
import type { OfferKind } from "../artifact/offer-kind.ts";
import type { Clock } from "../kernel/clock.ts";
import { noSlots, type SlotSource } from "../limits/limit-slots.ts";
import type { SubscriptionTerms } from "../stores/records/subscription-record.ts";
import { type ArtifactIndex, appKey, indexArtifact } from "./artifact-index.ts";
import type { ChangedDecisions, Decisions, KeyView } from "./decisions.ts";
import type { Question } from "./explain.ts";
import { GivenGrants, noteGiven } from "./given-grants.ts";
import { GrantPool } from "./grant-pool.ts";
import { LimitRows } from "./limit-rows.ts";
import { methodsOf } from "./methods.ts";
import { narrowingOfDeclared, narrowingOfScope } from "./narrowing.ts";
import type { AppName, NamedReach, OverlayView } from "./overlay-view.ts";
import { type AppWork, type Changes, noChanges, type WantedKey } from "./overlay-work.ts";
import { pendingOf } from "./pending.ts";
import { anyKey, type KeyNarrowing, reachOf } from "./reach.ts";
import { reachBeyond, reachNames } from "./reach-names.ts";
import type { AppRow, KeyRow, OverlayRows, UseRow } from "./rows.ts";
import { maySee, type SubscriptionView, type Use, useOf, usesOf, wishedFor } from "./uses.ts";

/** A key that works, as people name it. */
export interface OverlayKey {
  /** `<tenant>/<app>/<name>` of a declared key, public id of an issued one. */
  readonly reference: string;
  readonly tenant: string;
  readonly app: string;
  readonly known: "declared" | "issued";
  /** Name of a declared key; why an issued one exists, or what people call it. */
  readonly label: string;
  readonly row: KeyRow;
}

/** A key that somebody holds. */
export interface FoundKey extends OverlayKey {
  readonly reach: NamedReach;
}

/**
 * One artifact with what was decided at run time laid over it. It holds the rows that serving threads have, and answers
 * what changes in them when decisions change. Decisions that name what the artifact does not have are left out.
 */
export class Overlay implements OverlayView {
  readonly index: ArtifactIndex;
  readonly #decisions: Decisions;
  readonly #clock: Clock;
  readonly #pool: GrantPool;
  readonly #given = new GivenGrants();
  readonly #limits: LimitRows;
  /** By digest. */
  readonly #keys = new Map<string, KeyRow>();
  /** Digests of keys on record that have a row, by their id. */
  readonly #digests = new Map<string, string>();
  readonly #declared: ReadonlyMap<number, readonly ArtifactKey[]>;

  /**
   * @param clock decides which approvals still hold
   * @param slots absent where nothing is counted by the rows
   */
  constructor(artifact: Artifact, decisions: Decisions, clock: Clock, slots: SlotSource = noSlots) {
    this.index = indexArtifact(artifact);
    this.#pool = new GrantPool(this.index.whole);
    this.#limits = new LimitRows(artifact, slots);
    this.#decisions = decisions;
    this.#clock = clock;
    this.#declared = Map.groupBy(artifact.keys, ({ app }) => app);
    const changes = noChanges();
    for (const [name, app] of this.index.apps) this.#lookAtApp(name, app, changes);
  }

  /** Everything. */
  rows(): OverlayRows {
    const apps = [...this.#decisions.apps()].flatMap((name) => this.#appRow(name) ?? []);
    return {
      grants: [...this.#pool.all()],
      limits: this.#limits.ofApps,
      keys: [...this.#keys.values()],
      apps: apps.filter(({ pending }) => pending.length > 0),
      goneKeys: [],
      goneGrants: [],
    };
  }

  /** What the keys of an application that narrow nothing reach now. */
  reach(name: AppName): NamedReach {
    return this.#reach(name, []);
  }

  /** What they would reach besides if the application were subscribed to a service on these terms. */
  opens(name: AppName, service: string, terms: SubscriptionTerms): NamedReach {
    return reachBeyond(this.#reach(name, [wishedFor(service, terms)]), this.#reach(name, []));
  }

  /** What a subscription on these terms opens by itself, whatever else the application reaches. */
  opensByItself(name: AppName, service: string, terms: SubscriptionTerms): NamedReach {
    const { index } = this;
    const app = index.apps.get(appKey(name));
    const id = index.services.get(service);
    if (app === undefined || id === undefined || !maySee(index, app, id)) return reachNames(index, []);
    return reachNames(index, reachOf(index, app, [useOf(index, id, wishedFor(service, terms))], anyKey));
  }

  #reach(name: AppName, wished: readonly SubscriptionView[]): NamedReach {
    const app = this.index.apps.get(appKey(name));
    if (app === undefined) return reachNames(this.index, []);
    const subscriptions = [...this.#decisions.subscriptionsOf(appKey(name)), ...wished];
    return reachNames(
      this.index,
      reachOf(this.index, app, usesOf(this.index, app, subscriptions, this.#clock.now()), anyKey),
    );
  }

  /** A key that works, by the 64 hex digits of its digest, and what it reaches. */
  findKey(digest: string): FoundKey | undefined {
    const row = this.#keys.get(digest);
    if (row === undefined) return undefined;
    const key = this.#named(row);
    return { ...key, reach: reachNames(this.index, this.usesOf(key)) };
  }

  /** Every key that works; those that have expired, too. */
  *keys(): Generator<OverlayKey> {
    for (const row of this.#keys.values()) yield this.#named(row);
  }

  /** Slots in which what it says is counted. */
  slots(): ReadonlySet<number> {
    const rows = [...this.#limits.ofApps, ...this.#keys.values()];
    return new Set(rows.flatMap(({ limits }) => limits.map(({ slot }) => slot)));
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#clock.now();
  }

  /** What a key reaches, service by service. */
  usesOf({ row }: OverlayKey): readonly UseRow[] {
    return this.#pool.get(row.grant)?.uses ?? [];
  }

  /** What `explain` is asked about a key. */
  question({ row, known, tenant, app, reference }: OverlayKey, kind: OfferKind, id: number): Question {
    const issued = known === "issued" ? this.#decisions.key(reference) : undefined;
    const declared = this.#declared.get(row.app)?.find(({ name }) => name === row.name);
    return {
      ...{ app: row.app, kind, id, nowMs: this.#clock.now() },
      key:
        issued === undefined
          ? {
              scope: narrowingOfDeclared(declared?.scope ?? null),
              environment: declared?.environment ?? null,
            }
          : { scope: narrowingOfScope(this.index, issued.scope), environment: issued.environment },
      subscriptions: this.#decisions.subscriptionsOf(appKey({ tenant, app })),
    };
  }

  #named(row: KeyRow): OverlayKey {
    const { apps, tenants } = this.index.artifact;
    const app = apps[row.app]?.name ?? "";
    const tenant = tenants[apps[row.app]?.tenant ?? -1]?.name ?? "";
    const issued = this.#digests.get(row.name) === row.digest ? this.#decisions.key(row.name) : undefined;
    return issued === undefined
      ? { reference: `${tenant}/${app}/${row.name}`, tenant, app, known: "declared", label: row.name, row }
      : { reference: row.name, tenant, app, known: "issued", label: issued.label, row };
  }

  /** Looks again at what has changed. Answers what serving threads have to change. */
  refresh(changed: ChangedDecisions): OverlayRows {
    const changes = noChanges();
    for (const name of changed.apps) {
      const app = this.index.apps.get(name);
      if (app !== undefined) this.#lookAtApp(name, app, changes);
    }
    for (const id of changed.keys) this.#lookAtKey(id, changes);
    return {
      grants: [...changes.grants].flatMap((id) => this.#pool.get(id) ?? []),
      limits: [],
      keys: [...changes.keys.values()],
      apps: [...changed.apps].flatMap((name) => this.#appRow(name) ?? []),
      goneKeys: [...changes.goneKeys],
      goneGrants: [...changes.goneGrants].filter((id) => this.#pool.get(id) === undefined),
    };
  }

  #lookAtApp(name: string, app: number, changes: Changes): void {
    this.#given.forget(app);
    const work = this.#workOn(name, app);
    for (const key of this.#declared.get(app) ?? []) this.#put(work, this.#declaredRow(key), changes);
    for (const id of this.#decisions.keysOf(name)) {
      const key = this.#decisions.key(id);
      if (key !== undefined) this.#putIssued(work, key, changes);
    }
  }

  #lookAtKey(id: string, changes: Changes): void {
    const key = this.#decisions.key(id);
    const app = key && this.index.apps.get(key.app);
    const digest = this.#digests.get(id);
    if (digest !== undefined && digest !== key?.digest) this.#drop(id, digest, changes);
    if (key !== undefined && app !== undefined) this.#putIssued(this.#workOn(key.app, app), key, changes);
  }

  #workOn(name: string, app: number): AppWork {
    const nowMs = this.#clock.now();
    let uses: readonly Use[] | undefined;
    return {
      app,
      uses: () => (uses ??= usesOf(this.index, app, this.#decisions.subscriptionsOf(name), nowMs)),
      given: this.#given.of(app, this.#decisions.subscriptionsOf(name), nowMs),
    };
  }

  #putIssued(work: AppWork, key: KeyView, changes: Changes): void {
    const known = this.#keys.get(key.digest);
    // A declared key with the same text is the config's.
    if (known !== undefined && this.#digests.get(key.id) !== key.digest) return;
    this.#digests.set(key.id, key.digest);
    const { id, digest, expiresAtMs, networks, environment } = key;
    const limits = this.#limits.ofIssued(key);
    const narrowing = { scope: narrowingOfScope(this.index, key.scope), environment };
    const row = { digest, name: id, expiresAtMs, networks, methods: methodsOf(key.scope), limits };
    this.#put(work, { row, narrowing, sense: JSON.stringify([key.scope, environment]) }, changes);
  }

  #declaredRow(key: ArtifactKey): WantedKey {
    const { digest, name, expiresAtMs, networks, scope, environment } = key;
    return {
      row: {
        digest: digest.slice(digest.indexOf(":") + 1),
        ...{ name, expiresAtMs, networks, methods: methodsOf(scope) },
        limits: this.#limits.ofDeclared(key),
      },
      narrowing: { scope: narrowingOfDeclared(scope), environment },
      sense: JSON.stringify([scope, environment, "declared"]),
    };
  }

  #put(work: AppWork, { row, narrowing, sense }: WantedKey, changes: Changes): void {
    const { app } = work;
    const before = this.#keys.get(row.digest);
    const grant = this.#grantOf(work, narrowing, sense, changes);
    const warnBefore = this.#warnBeforeMs(app);
    const warnFromMs = row.expiresAtMs === null ? null : row.expiresAtMs - warnBefore;
    const key: KeyRow = { ...row, app, grant, warnFromMs };
    this.#keys.set(row.digest, key);
    if (before !== undefined) this.#release(before.grant, changes);
    changes.goneKeys.delete(row.digest);
    changes.keys.set(row.digest, key);
  }

  /** Keys of one application that narrow the same have the same grant. */
  #grantOf({ app, uses, given }: AppWork, narrowing: KeyNarrowing, sense: string, changes: Changes): number {
    const known = given.get(sense);
    if (known !== undefined && this.#pool.share(known)) return known;
    const { id, isNew } = this.#pool.take(reachOf(this.index, app, uses(), narrowing));
    if (isNew) changes.grants.add(id);
    noteGiven(given, sense, id);
    return id;
  }

  #drop(id: string, digest: string, changes: Changes): void {
    this.#digests.delete(id);
    const row = this.#keys.get(digest);
    if (row === undefined) return;
    this.#keys.delete(digest);
    changes.keys.delete(digest);
    changes.goneKeys.add(digest);
    this.#limits.giveBack(row.limits);
    this.#release(row.grant, changes);
  }

  #release(grant: number, changes: Changes): void {
    if (this.#pool.release(grant)) changes.goneGrants.add(grant);
  }

  #warnBeforeMs(app: number): number {
    const { apps, tenants } = this.index.artifact;
    return tenants[apps[app]?.tenant ?? -1]?.keys.warnBeforeMs ?? 0;
  }

  #appRow(name: string): AppRow | undefined {
    const app = this.index.apps.get(name);
    if (app === undefined) return undefined;
    return {
      app,
      pending: pendingOf(this.index, app, this.#decisions.subscriptionsOf(name), this.#clock.now()),
    };
  }
}
