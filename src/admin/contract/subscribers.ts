import { nameSchema, tenantParams } from "./names.ts";
import { operation } from "./operation.ts";
import { pageOf, pageQuery } from "./page.ts";
import { subscriberSchema, subscriptionStateSchema } from "./subscription-shapes.ts";

/** Lists the subscriptions to a tenant's services. */
export const listSubscribers = operation({
  name: "subscribers.list",
  method: "GET",
  path: "/tenants/{tenant}/subscribers",
  permission: "subscription.read",
  scope: "tenant",
  summary: "Subscriptions of all tenants to the tenant's services, the newest first",
  params: tenantParams,
  query: pageQuery.extend({
    appTenant: nameSchema.exactOptional(),
    app: nameSchema.exactOptional(),
    service: nameSchema.exactOptional(),
    state: subscriptionStateSchema.exactOptional(),
  }),
  body: null,
  output: pageOf(subscriberSchema),
  status: 200,
  affectsCalls: false,
});
