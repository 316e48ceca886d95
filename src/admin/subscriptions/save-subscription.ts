import type { Artifact } from "../../artifact/artifact.ts";
import type { JsonObject } from "../../kernel/json.ts";
import {
  subscriptionEvent,
  type SubscriptionStep as ToldStep,
} from "../../notify/event/subscription-event.ts";
import type { Actor, RecordTransaction, StoredRecord } from "../../stores/record-store.ts";
import type { SubscriptionBody } from "../../stores/records/subscription-record.ts";
import type { AdminParts } from "../admin-parts.ts";
import { findService } from "../artifact-names.ts";
import { deciderAddresses, decidersOf } from "./decision-policy.ts";

/** A change of a subscription, as it is to be written. */
export interface SavedStep {
  /** As it is on record; null: it is new. */
  readonly before: StoredRecord<"subscription"> | null;
  readonly id: string;
  readonly body: SubscriptionBody;
  readonly actor: Actor;
  /** Tenant whose member did it, or whose data it is where nobody did: in whose audit log it stands. */
  readonly actedFor: string;
  /** `subscription.<verb>`. */
  readonly action: string;
  /** Null: nobody is told. */
  readonly event: ToldStep["name"] | null;
  readonly by: string;
  readonly reason: string | null;
}

/** Writes a subscription, what the audit log says of it, and what is told to others. */
export async function saveSubscription(
  parts: AdminParts,
  transaction: RecordTransaction,
  step: SavedStep,
): Promise<StoredRecord<"subscription">> {
  const { before, id, body, event, by, reason } = step;
  const { artifact, hash } = parts.artifact();
  const saved =
    before === null
      ? await transaction.insert({ kind: "subscription", id, tenant: body.appTenant, body })
      : await transaction.update("subscription", id, before.version, body);
  await transaction.audit({
    actor: step.actor,
    tenant: step.actedFor,
    action: step.action,
    subject: `subscription:${id}`,
    before: before === null ? null : auditView(before.body),
    after: auditView(body),
    artifact: hash,
  });
  if (event !== null) {
    const approvers = approversOf(artifact, body).filter((address) => address !== by);
    const told = { name: event, timeMs: parts.clock.now(), by, reason, approvers };
    await parts.outbox.enqueue(transaction, subscriptionEvent(saved, told));
  }
  return saved;
}

/** The gateway itself, as the audit log names it. */
export const systemActor: Actor = { kind: "system", id: "system", address: null };

function approversOf(artifact: Artifact, body: SubscriptionBody): readonly string[] {
  const tenantId = artifact.tenants.findIndex(({ name }) => name === body.appTenant);
  const terms = body.open?.terms ?? body.granted ?? body.requested;
  const { roles } = decidersOf(findService(artifact, body.service), { tenantId, terms });
  return deciderAddresses(artifact, body.owner, roles);
}

/** What of a subscription the audit log keeps: what may change, without its history. */
function auditView(body: SubscriptionBody): JsonObject {
  const { app, appTenant, service, owner, state, isTrial, expiresAtMs, approvedBy, purpose } = body;
  const { requested, granted, open } = body;
  return {
    ...{ app, appTenant, service, owner, state, isTrial, expiresAtMs, approvedBy, purpose },
    requested: { ...requested },
    granted: granted === null ? null : { ...granted },
    open: open
      ? { kind: open.kind, askedBy: open.askedBy, approvedBy: open.votes.map(({ by }) => by) }
      : null,
  };
}
