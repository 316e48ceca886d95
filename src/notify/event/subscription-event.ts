import type { StoredRecord } from "../../stores/record-store.ts";
import type { SubscriptionTerms } from "../../stores/records/subscription-record.ts";
import { isMailAddress } from "../email/mail-address.ts";
import type { EventName, NotifyEvent, Recipient } from "./event.ts";

/** What is told of a step in the life of a subscription. */
export interface SubscriptionStep {
  readonly name: Extract<EventName, `subscription.${string}`>;
  readonly timeMs: number;
  /** Address of a member, or `system`. */
  readonly by: string;
  readonly reason: string | null;
  /** Addresses of the owner's members who may decide. */
  readonly approvers: readonly string[];
}

/** Steps that the owner has to hear of; the others are told to who asked. */
const FOR_APPROVERS: ReadonlySet<EventName> = new Set(["subscription.requested", "subscription.cancelled"]);

/** Steps that members of the owner take. Who of them it was is the owner's own affair. */
const OF_OWNER: ReadonlySet<EventName> = new Set([
  "subscription.approved",
  "subscription.rejected",
  "subscription.revoked",
  "subscription.renewed",
]);

/** The event of a step, made of the subscription as it is after it. */
export function subscriptionEvent(
  { id, body }: StoredRecord<"subscription">,
  { name, timeMs, by, reason, approvers }: SubscriptionStep,
): NotifyEvent {
  const asked = body.history.findLast(({ step }) => step === "request" || step === "renew");
  const requester = asked?.by ?? "";
  const recipients: readonly Recipient[] = FOR_APPROVERS.has(name)
    ? approvers.map((address) => ({ address, tenant: body.owner }))
    : [{ address: requester, tenant: body.appTenant }];
  return {
    name,
    timeMs,
    tenant: body.appTenant,
    concerns: [...new Set([body.appTenant, body.owner])],
    data: {
      subscription: id,
      app: body.app,
      appTenant: body.appTenant,
      service: body.service,
      owner: body.owner,
      state: body.state,
      purpose: body.purpose,
      requested: terms(body.requested),
      granted: body.granted === null ? null : terms(body.granted),
      isTrial: body.isTrial,
      expiresAt: body.expiresAtMs === null ? null : new Date(body.expiresAtMs).toISOString(),
      by,
      reason,
    },
    recipients: recipients.filter(({ address }) => isMailAddress(address)),
    ...(OF_OWNER.has(name) &&
      by !== "system" && { forOthers: { than: body.owner, data: { by: body.owner } } }),
  };
}

/** The known members only: whatever else a record may hold is not for others. */
function terms({ models, endpoints, backends, environments, requestsPerMinute }: SubscriptionTerms) {
  return { models, endpoints, backends, environments, requestsPerMinute };
}
