import type { SubscriptionTerms } from "../stores/records/subscription-record.ts";
import type { ArtifactIndex } from "./artifact-index.ts";
import { type Narrowing, narrowingOfTerms, narrowsNothing } from "./narrowing.ts";

/** A subscription as far as it opens anything. */
export interface SubscriptionView {
  /** Id of its record. */
  readonly id: string;
  /** Name of the service. */
  readonly service: string;
  readonly state: "approved" | "requested" | "rejected" | "revoked" | "expired";
  /** What was allowed, or what was asked for where nothing is. */
  readonly terms: SubscriptionTerms;
  /** First millisecond at which an approval no longer holds; null: it does not end. */
  readonly expiresAtMs: number | null;
  readonly createdAtMs: number;
}

/** A service that an application may use, and how far. */
export interface Use {
  /** Id of the service. */
  readonly service: number;
  /** Id of the subscription's record; null: the config declares it. */
  readonly subscription: string | null;
  readonly narrowing: Narrowing;
  /** Environments of the keys that may call; null: any. */
  readonly environments: ReadonlySet<string> | null;
}

/**
 * The services that an application may use: those that the config declares, then those that it is subscribed to, as long
 * as the approval holds and its tenant may still see the service. Whoever wants to know who may call what asks here: the
 * serving threads, `access` and the admin API.
 * @param app id of the application
 */
export function usesOf(
  index: ArtifactIndex,
  app: number,
  subscriptions: Iterable<SubscriptionView>,
  nowMs: number,
): readonly Use[] {
  const declared = index.artifact.apps[app]?.uses ?? [];
  const uses: Use[] = declared.map((service) => ({
    service,
    subscription: null,
    narrowing: narrowsNothing,
    environments: null,
  }));
  const approved = [...subscriptions].filter((subscription) => holds(subscription, nowMs)).sort(inOrder);
  for (const subscription of approved) {
    const service = index.services.get(subscription.service);
    if (service === undefined || declared.includes(service) || !maySee(index, app, service)) continue;
    uses.push(useOf(index, service, subscription));
  }
  return uses;
}

/** A subscription as it would be: open to keys of the environments that it is for, whichever those are. */
export function wishedFor(service: string, terms: SubscriptionTerms): SubscriptionView {
  return {
    id: "",
    service,
    state: "approved",
    terms: { ...terms, environments: terms.environments?.length === 0 ? [] : null },
    expiresAtMs: null,
    createdAtMs: Infinity,
  };
}

/** What a subscription opens where it holds. @param service id of its service */
export function useOf(index: ArtifactIndex, service: number, { id, terms }: SubscriptionView): Use {
  return {
    service,
    subscription: id,
    narrowing: narrowingOfTerms(index, terms),
    environments: terms.environments === null ? null : new Set(terms.environments),
  };
}

/** Whether a subscription opens anything at a moment. */
export function holds({ state, expiresAtMs }: SubscriptionView, nowMs: number): boolean {
  return state === "approved" && (expiresAtMs === null || nowMs < expiresAtMs);
}

/** Whether the tenant of an application may see a service; both by id. */
export function maySee({ artifact }: ArtifactIndex, app: number, service: number): boolean {
  const tenant = artifact.apps[app]?.tenant;
  const row = artifact.services[service];
  if (tenant === undefined || row === undefined) return false;
  return row.owner === tenant || row.visibleTo === null || row.visibleTo.includes(tenant);
}

/** The older one first, so that the same records always give the same. */
function inOrder(a: SubscriptionView, b: SubscriptionView): number {
  return a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1);
}
