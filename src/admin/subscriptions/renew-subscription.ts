import type { SubscriptionBody } from "../../stores/records/subscription-record.ts";
import type { AdminParts } from "../admin-parts.ts";
import { momentAfter } from "../day.ts";
import { actorOf, type Member } from "../identity/member.ts";
import { policyFor } from "./decision-policy.ts";
import { findSubscription, requireService, type SubscriptionRef, tenantIdOf } from "./find-subscription.ts";
import { saveSubscription } from "./save-subscription.ts";
import { takeStep } from "./subscription-machine.ts";
import { type SubscriptionDetails, showSubscription } from "./subscription-view.ts";

/**
 * Asks for more time for what is approved, on the terms that were granted. The service's policy is asked again: where it
 * asks nobody, the time begins anew at once. Otherwise the renewal waits for a decision while the approval holds; if that
 * ends first, nothing is open until the decision comes.
 * @throws LatchkeyError LK-2020, LK-2014, LK-2016, LK-2021
 */
export async function renewSubscription(
  parts: AdminParts,
  member: Member,
  subscription: SubscriptionRef,
  address: string | null,
): Promise<SubscriptionDetails> {
  const { artifact } = parts.artifact();
  const nowMs = parts.clock.now();
  const saved = await parts.records.transact(async (transaction) => {
    const how = { permission: "subscription.renew", side: "appTenant", nowMs } as const;
    const { record, body } = await findSubscription(transaction, member, subscription, how);
    const told = { by: member.address, timeMs: nowMs, reason: null };
    // Whether it can be renewed at all is said before anything about the service.
    takeStep(body, { ...told, step: "renew", lapsesAtMs: null });
    const service = requireService(artifact, body);
    const terms = body.granted ?? body.requested;
    const policy = policyFor(service, { tenantId: tenantIdOf(artifact, body), terms });
    const within = policy.mode === "by" ? policy.withinMs : null;
    const lapsesAtMs = within === null ? null : momentAfter(nowMs, within);
    const asked = takeStep(body, { ...told, step: "renew", lapsesAtMs });
    const { subscriptionMs } = service;
    const endMs = subscriptionMs === null ? null : momentAfter(nowMs, subscriptionMs);
    const next = policy.mode === "none" ? renewedBySystem(asked, nowMs, endMs) : asked;
    return saveSubscription(parts, transaction, {
      before: record,
      id: record.id,
      body: next,
      actor: actorOf(member, address),
      actedFor: body.appTenant,
      action: "subscription.renew",
      event: policy.mode === "none" ? "subscription.renewed" : "subscription.requested",
      by: policy.mode === "none" ? "system" : member.address,
      reason: null,
    });
  });
  return showSubscription(saved, nowMs);
}

function renewedBySystem(body: SubscriptionBody, nowMs: number, endMs: number | null): SubscriptionBody {
  return takeStep(body, {
    step: "approve",
    by: "system",
    timeMs: nowMs,
    granted: body.granted ?? body.requested,
    expiresAtMs: endMs === null ? null : Math.max(endMs, body.expiresAtMs ?? endMs),
    reason: "The policy of the service asks for nobody's decision.",
  });
}
