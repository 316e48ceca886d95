import * as contract from "../contract/subscriptions.ts";
import { noSuchThing } from "../refusals.ts";
import { cancelSubscription } from "../subscriptions/end-subscription.ts";
import { getSubscription, listSubscriptions } from "../subscriptions/list-subscriptions.ts";
import { previewRequest } from "../subscriptions/preview.ts";
import { renewSubscription } from "../subscriptions/renew-subscription.ts";
import { requestSubscription } from "../subscriptions/request-subscription.ts";
import { forAppSide } from "../subscriptions/side-views.ts";
import { bind, type OperationContext } from "./bound-operation.ts";
import { recordPage } from "./pages.ts";
import { requireTenant } from "./require-tenant.ts";

/** Operations on the application's side of subscriptions. */
export const subscriptionOperations = [
  bind(contract.listSubscriptions, async ({ parts, member }, { params, query }) => {
    requireTenant(parts.artifact().artifact, params.tenant);
    return recordPage(query, async (page, filter) => {
      const found = await listSubscriptions(parts, member, { ...filter, ...params, ...page });
      return { items: found.subscriptions.map(forAppSide), next: found.next };
    });
  }),
  bind(contract.getSubscription, async (context, { params }) => {
    await requireSubscriptionOf(context, params);
    return forAppSide(await getSubscription(context.parts, context.member, params.id));
  }),
  bind(contract.requestSubscription, async ({ parts, member, address }, { params, body }) =>
    forAppSide(await requestSubscription(parts, member, { ...body, tenant: params.tenant }, address)),
  ),
  bind(contract.cancelSubscription, async (context, { params, body }) => {
    await requireSubscriptionOf(context, params);
    const { parts, member, address, version = null } = context;
    return forAppSide(await cancelSubscription(parts, member, { ...body, id: params.id, version }, address));
  }),
  bind(contract.renewSubscription, async (context, { params }) => {
    await requireSubscriptionOf(context, params);
    const { parts, member, address, version = null } = context;
    return forAppSide(await renewSubscription(parts, member, { id: params.id, version }, address));
  }),
  bind(contract.previewSubscription, async ({ parts, member }, { params, body }) =>
    previewRequest(parts, member, { ...body, tenant: params.tenant }),
  ),
];

/**
 * Checks that a subscription is one of an application of the tenant that the path names.
 * @throws LatchkeyError LK-2020
 */
async function requireSubscriptionOf(
  { parts }: OperationContext,
  { tenant, id }: { readonly tenant: string; readonly id: string },
): Promise<void> {
  const record = await parts.records.get("subscription", id);
  if (record?.body.appTenant !== tenant) throw noSuchThing("id");
}
