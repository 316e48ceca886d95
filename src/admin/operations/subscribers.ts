import { listSubscribers as operation } from "../contract/subscribers.ts";
import { listSubscribers } from "../subscriptions/list-subscriptions.ts";
import { forOwnerSide } from "../subscriptions/side-views.ts";
import { bind } from "./bound-operation.ts";
import { recordPage } from "./pages.ts";
import { requireTenant } from "./require-tenant.ts";

/** Operations on who uses a tenant's services. */
export const subscriberOperations = [
  bind(operation, async ({ parts, member }, { params, query }) => {
    requireTenant(parts.artifact().artifact, params.tenant);
    return recordPage(query, async (page, filter) => {
      const found = await listSubscribers(parts, member, { ...filter, owner: params.tenant, ...page });
      return { items: found.subscriptions.map(forOwnerSide), next: found.next };
    });
  }),
];
