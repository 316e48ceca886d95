import type { StoredRecord } from "../stores/record-store.ts";
import type { SubscriptionView } from "./uses.ts";

/** What a subscription on record opens, or would open; `undefined` for one that its own side has given up. */
export function subscriptionView({
  id,
  createdAtMs,
  body,
}: StoredRecord<"subscription">): SubscriptionView | undefined {
  const { state, service, expiresAtMs, requested, granted } = body;
  if (state === "cancelled") return undefined;
  const terms = state === "approved" ? (granted ?? requested) : requested;
  return { id, service, state, terms, expiresAtMs, createdAtMs };
}
