import type { StoredRecord } from "../stores/record-store.ts";
import type { KeyScopeBody } from "../stores/records/key-record.ts";
import { appKey } from "./artifact-index.ts";
import { subscriptionView } from "./subscription-view.ts";
import type { SubscriptionView } from "./uses.ts";

/** A key that was issued at run time and works. */
export interface KeyView {
  /** Its public id. */
  readonly id: string;
  /** See `appKey`. */
  readonly app: string;
  /** 64 hex digits. */
  readonly digest: string;
  /** Why it exists, or what people call it. */
  readonly label: string;
  readonly environment: string;
  readonly expiresAtMs: number | null;
  readonly scope: KeyScopeBody;
  readonly networks: readonly string[] | null;
  /** Null: none of its own. */
  readonly requestsPerMinute: number | null;
}

/** Records that were put in: what they concern has to be looked at again. */
export interface ChangedDecisions {
  /** Ids of keys. */
  readonly keys: ReadonlySet<string>;
  /** Applications whose subscriptions are others; see `appKey`. */
  readonly apps: ReadonlySet<string>;
}

const DIGEST_PREFIX = "sha256:".length;

/**
 * What was decided at run time, as far as it decides who may call what. Filled from the records, and kept up with them;
 * it knows of names only, so it outlives the artifact.
 */
export class Decisions {
  #keys = new Map<string, KeyView>();
  #keysByApp = new Map<string, Set<string>>();
  /** By application, then by service: the newest one counts. */
  #subscriptions = new Map<string, Map<string, SubscriptionView>>();

  /** Names of services, each once. */
  readonly #services = new Map<string, string>();

  key(id: string): KeyView | undefined {
    return this.#keys.get(id);
  }

  /** Ids of the keys of an application. */
  keysOf(app: string): Iterable<string> {
    return this.#keysByApp.get(app) ?? [];
  }

  /** Applications that have a key or a subscription. */
  apps(): ReadonlySet<string> {
    return new Set([...this.#keysByApp.keys(), ...this.#subscriptions.keys()]);
  }

  subscriptionsOf(app: string): Iterable<SubscriptionView> {
    return this.#subscriptions.get(app)?.values() ?? [];
  }

  /** Takes a key as it is on record now. */
  putKey({ id, tenant, body }: StoredRecord<"key">): void {
    this.dropKey(id);
    if (body.state !== "active") return;
    const app = appKey({ tenant: tenant ?? "", app: body.app });
    const { environment, expiresAtMs, scope, networks, requestsPerMinute } = body;
    const label = body.label ?? body.name;
    const digest = body.digest.slice(DIGEST_PREFIX);
    const what = { environment, expiresAtMs, scope, networks, requestsPerMinute };
    this.#keys.set(id, { id, app, digest, label, ...what });
    const ids = this.#keysByApp.get(app);
    if (ids === undefined) this.#keysByApp.set(app, new Set([id]));
    else ids.add(id);
  }

  /** Forgets a key whose record is gone. */
  dropKey(id: string): void {
    const known = this.#keys.get(id);
    if (known === undefined) return;
    this.#keys.delete(id);
    const ids = this.#keysByApp.get(known.app);
    ids?.delete(id);
    if (ids?.size === 0) this.#keysByApp.delete(known.app);
  }

  /** Takes a subscription as it is on record now. Answers the application that it concerns. */
  putSubscription(record: StoredRecord<"subscription">): string {
    const app = appKey({ tenant: record.body.appTenant, app: record.body.app });
    const view = subscriptionView(record, (text) => this.#shared(text));
    const byService = this.#subscriptions.get(app) ?? new Map<string, SubscriptionView>();
    const known = byService.get(record.body.service);
    if (view !== undefined && (known === undefined || known.id === view.id || !isOlder(view, known))) {
      byService.set(view.service, view);
      this.#subscriptions.set(app, byService);
    } else if (view === undefined && known?.id === record.id) {
      byService.delete(record.body.service);
      if (byService.size === 0) this.#subscriptions.delete(app);
    }
    return app;
  }

  /** Takes over all that others hold, in the place of what was here. Answers what may be another now, or is gone. */
  become(others: Decisions): ChangedDecisions {
    const keys = new Set([...this.#keys.keys(), ...others.#keys.keys()]);
    const apps = new Set([...this.apps(), ...others.apps()]);
    this.#keys = others.#keys;
    this.#keysByApp = others.#keysByApp;
    this.#subscriptions = others.#subscriptions;
    return { keys, apps };
  }

  #shared(name: string): string {
    const known = this.#services.get(name);
    if (known !== undefined) return known;
    this.#services.set(name, name);
    return name;
  }
}

function isOlder(a: SubscriptionView, b: SubscriptionView): boolean {
  return a.createdAtMs < b.createdAtMs;
}
