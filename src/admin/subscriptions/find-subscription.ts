import type { Artifact, ArtifactService } from "../../artifact/artifact.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { RecordTransaction, StoredRecord } from "../../stores/record-store.ts";
import type { SubscriptionBody } from "../../stores/records/subscription-record.ts";
import { findService, isVisibleTo, ownerOf } from "../artifact-names.ts";
import type { Member } from "../identity/member.ts";
import { may, type Permission } from "../permissions.ts";
import { belongsTo, noSuchThing, requirePermission, requireVersion } from "../refusals.ts";
import { settle } from "./settle.ts";

/** A subscription that a member may do something with. */
export interface FoundSubscription {
  readonly record: StoredRecord<"subscription">;
  /** As it is now. */
  readonly body: SubscriptionBody;
}

/** Side of a subscription: the application's tenant, or the service's owner. */
export type Side = "appTenant" | "owner";

/** Which subscription is meant. */
export interface SubscriptionRef {
  readonly id: string;
  /** Version that the caller has read; absent or null: any. */
  readonly version?: number | null;
}

/**
 * Reads a subscription for a member of either of its sides.
 * @throws LatchkeyError LK-2020, LK-2014
 */
export async function readSubscription(
  records: Pick<RecordTransaction, "get">,
  member: Member,
  id: string,
): Promise<StoredRecord<"subscription">> {
  const record = await visibleSubscription(records, member, id);
  const { appTenant, owner } = record.body;
  if (!may(member, "subscription.read", appTenant)) {
    requirePermission(member, "subscription.read", belongsTo(member, owner) ? owner : appTenant, "id");
  }
  return record;
}

/**
 * Finds a subscription for a member who wants to change it on behalf of one of its sides.
 * @throws LatchkeyError LK-2020 for strangers, LK-2014 for members of either side who may not, LK-2016
 */
export async function findSubscription(
  records: Pick<RecordTransaction, "get">,
  member: Member,
  { id, version }: SubscriptionRef,
  {
    permission,
    side,
    nowMs,
  }: { readonly permission: Permission; readonly side: Side; readonly nowMs: number },
): Promise<FoundSubscription> {
  const record = await visibleSubscription(records, member, id);
  if (!may(member, permission, record.body[side])) {
    throw new LatchkeyError(
      "LK-2014",
      `This needs the permission ${permission} in the tenant ${record.body[side]}.`,
    );
  }
  requireVersion(record, version);
  return { record, body: settle(record.body, nowMs) };
}

/** The service of a subscription, as long as the same tenant owns it. */
export function serviceOf(artifact: Artifact, body: SubscriptionBody): ArtifactService | undefined {
  const service = findService(artifact, body.service);
  return service !== undefined && ownerOf(artifact, service) === body.owner ? service : undefined;
}

/**
 * The service of a subscription, where the application's tenant may still subscribe to it.
 * @throws LatchkeyError LK-2021
 */
export function requireService(artifact: Artifact, body: SubscriptionBody): ArtifactService {
  const service = serviceOf(artifact, body);
  const tenantId = tenantIdOf(artifact, body);
  const hasApp = artifact.apps.some((app) => app.tenant === tenantId && app.name === body.app);
  if (service !== undefined && hasApp && isVisibleTo(service, tenantId)) return service;
  throw new LatchkeyError("LK-2021", "The config no longer lets this application subscribe to this service.");
}

/** Id of the tenant whose application it is; -1 where the artifact does not have it. */
export function tenantIdOf(artifact: Artifact, { appTenant }: Pick<SubscriptionBody, "appTenant">): number {
  return artifact.tenants.findIndex(({ name }) => name === appTenant);
}

async function visibleSubscription(
  records: Pick<RecordTransaction, "get">,
  member: Member,
  id: string,
): Promise<StoredRecord<"subscription">> {
  const record = await records.get("subscription", id);
  if (record === undefined) throw noSuchThing("id");
  const { appTenant, owner } = record.body;
  if (!belongsTo(member, appTenant) && !belongsTo(member, owner)) throw noSuchThing("id");
  return record;
}
