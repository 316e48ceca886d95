import type { StoredRecord } from "../stores/record-store.ts";
import type { SubscriptionTerms } from "../stores/records/subscription-record.ts";
import type { SubscriptionView } from "./uses.ts";

/** Terms that narrow nothing, as nearly all do: one object for all of them, since there may be a million. */
const everything: SubscriptionTerms = {
  ...{ models: null, endpoints: null, backends: null, environments: null },
  requestsPerMinute: null,
};

/**
 * What a subscription on record opens, or would open; `undefined` for one that its own side has given up.
 * @param share answers an equal text, the same one for all that are equal
 */
export function subscriptionView(
  { id, createdAtMs, body }: StoredRecord<"subscription">,
  share: (text: string) => string,
): SubscriptionView | undefined {
  const { state, service, expiresAtMs, requested, granted } = body;
  if (state === "cancelled") return undefined;
  const terms = state === "approved" ? (granted ?? requested) : requested;
  const named = share(service);
  return { id, service: named, state: stateOf[state], terms: sharedTerms(terms), expiresAtMs, createdAtMs };
}

function sharedTerms(terms: SubscriptionTerms): SubscriptionTerms {
  const { models, endpoints, backends, environments, requestsPerMinute } = terms;
  const narrows = models ?? endpoints ?? backends ?? environments ?? requestsPerMinute;
  return narrows === null ? everything : terms;
}

/** So that a state that was read is not one more text in memory. */
const stateOf: { readonly [State in SubscriptionView["state"]]: State } = {
  approved: "approved",
  requested: "requested",
  rejected: "rejected",
  revoked: "revoked",
  expired: "expired",
};
