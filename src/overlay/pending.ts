import type { ArtifactIndex } from "./artifact-index.ts";
import { anyKey, useRow } from "./reach.ts";
import type { PendingRow } from "./rows.ts";
import { holds, maySee, type SubscriptionView, useOf } from "./uses.ts";

/**
 * What an application would reach by subscriptions that do not hold, so that its callers hear of them. Services that its
 * tenant may not see any more are left out.
 */
export function pendingOf(
  index: ArtifactIndex,
  app: number,
  subscriptions: Iterable<SubscriptionView>,
  nowMs: number,
): readonly PendingRow[] {
  return [...subscriptions].flatMap((subscription): readonly PendingRow[] => {
    const service = index.services.get(subscription.service);
    if (holds(subscription, nowMs) || service === undefined || !maySee(index, app, service)) return [];
    const use = { ...useOf(index, service, subscription), environments: null };
    // An approval that has ended, and that nobody has written down as ended yet.
    const state = subscription.state === "approved" ? "expired" : subscription.state;
    return [{ subscription: subscription.id, state, use: useRow(index, app, use, anyKey) }];
  });
}
