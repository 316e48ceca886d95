import type { AdminParts } from "../admin-parts.ts";
import { checkWords } from "../check-input.ts";
import { actorOf, type Member } from "../identity/member.ts";
import { findSubscription, type Side, type SubscriptionRef } from "./find-subscription.ts";
import { saveSubscription } from "./save-subscription.ts";
import { takeStep } from "./subscription-machine.ts";
import { type SubscriptionDetails, showSubscription } from "./subscription-view.ts";

/**
 * Gives a subscription up, or a request for one: by the application's side.
 * @throws LatchkeyError LK-2020, LK-2014, LK-2016, LK-2021, LK-2102
 */
export function cancelSubscription(
  parts: AdminParts,
  member: Member,
  subscription: SubscriptionRef & { readonly reason?: string | null },
  address: string | null,
): Promise<SubscriptionDetails> {
  const reason = subscription.reason ?? null;
  return end(parts, member, { ...subscription, reason, verb: "cancel", side: "appTenant" }, address);
}

/**
 * Takes an approval back: by the side of the service's owner.
 * @throws LatchkeyError LK-2020, LK-2014, LK-2016, LK-2021, LK-2102
 */
export function revokeSubscription(
  parts: AdminParts,
  member: Member,
  subscription: SubscriptionRef & { readonly reason: string },
  address: string | null,
): Promise<SubscriptionDetails> {
  return end(parts, member, { ...subscription, verb: "revoke", side: "owner" }, address);
}

interface Ending extends SubscriptionRef {
  readonly reason: string | null;
  readonly verb: "cancel" | "revoke";
  readonly side: Side;
}

async function end(
  parts: AdminParts,
  member: Member,
  ending: Ending,
  address: string | null,
): Promise<SubscriptionDetails> {
  const { verb, side, reason } = ending;
  if (reason !== null) checkWords(reason, "reason");
  const nowMs = parts.clock.now();
  const saved = await parts.records.transact(async (transaction) => {
    const how = { permission: `subscription.${verb}`, side, nowMs } as const;
    const { record, body } = await findSubscription(transaction, member, ending, how);
    return saveSubscription(parts, transaction, {
      before: record,
      id: record.id,
      body: takeStep(body, { step: verb, by: member.address, timeMs: nowMs, reason }),
      actor: actorOf(member, address),
      actedFor: body[side],
      action: `subscription.${verb}`,
      event: verb === "cancel" ? "subscription.cancelled" : "subscription.revoked",
      by: member.address,
      reason,
    });
  });
  return showSubscription(saved, nowMs);
}
