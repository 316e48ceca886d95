import type { SubscriptionState } from "../../stores/records/subscription-record.ts";
import type { AdminParts } from "../admin-parts.ts";
import { checkPage, type PageRequest } from "../check-input.ts";
import type { Member } from "../identity/member.ts";
import { requirePermission } from "../refusals.ts";
import { readSubscription } from "./find-subscription.ts";
import { type SubscriptionDetails, showSubscription } from "./subscription-view.ts";

/** A part of a list of subscriptions, the newest first. */
export interface SubscriptionPage {
  readonly subscriptions: readonly SubscriptionDetails[];
  /** Where the next page begins; null: there is none. */
  readonly next: string | null;
}

/** Which subscriptions of a tenant's applications to list; what is absent does not matter. */
export interface SubscriptionFilter extends PageRequest {
  readonly tenant: string;
  readonly app?: string;
  readonly service?: string;
  /** As it is on record: what has ended since the last sweep is found as what it was, and shown as ended. */
  readonly state?: SubscriptionState;
}

/** Which subscriptions to a tenant's services to list. */
export interface SubscriberFilter extends PageRequest {
  /** Tenant that owns the services. */
  readonly owner: string;
  readonly appTenant?: string;
  readonly app?: string;
  readonly service?: string;
  readonly state?: SubscriptionState;
}

/**
 * A subscription, for members of either side.
 * @throws LatchkeyError LK-2020, LK-2014
 */
export async function getSubscription(
  parts: AdminParts,
  member: Member,
  id: string,
): Promise<SubscriptionDetails> {
  return showSubscription(await readSubscription(parts.records, member, id), parts.clock.now());
}

/**
 * Subscriptions of a tenant's applications.
 * @throws LatchkeyError LK-2020, LK-2014, LK-2102
 */
export function listSubscriptions(
  parts: AdminParts,
  member: Member,
  { tenant, app, service, state, ...page }: SubscriptionFilter,
): Promise<SubscriptionPage> {
  requirePermission(member, "subscription.read", tenant);
  return list(parts, page, { app, appTenant: tenant, service, state }, { tenant });
}

/**
 * Subscriptions of all tenants to the services that one owns.
 * @throws LatchkeyError LK-2020, LK-2014, LK-2102
 */
export function listSubscribers(
  parts: AdminParts,
  member: Member,
  { owner, appTenant, app, service, state, ...page }: SubscriberFilter,
): Promise<SubscriptionPage> {
  requirePermission(member, "subscription.read", owner);
  return list(parts, page, { app, appTenant, service, owner, state });
}

async function list(
  { records, clock }: AdminParts,
  page: PageRequest,
  filter: Readonly<Record<string, string | undefined>>,
  scope: { readonly tenant?: string } = {},
): Promise<SubscriptionPage> {
  const given = Object.entries(filter).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const where = Object.fromEntries(given);
  const found = await records.list({ kind: "subscription", where, ...scope, ...checkPage(page) });
  const subscriptions = found.records.map((record) => showSubscription(record, clock.now()));
  return { subscriptions, next: found.next };
}
