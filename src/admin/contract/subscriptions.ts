import { z } from "zod";
import { nameSchema, nothing, tenantIdParams, tenantParams } from "./names.ts";
import { operation } from "./operation.ts";
import { pageOf, pageQuery } from "./page.ts";
import { subscriptionSchema, subscriptionStateSchema, wantedTermsSchema } from "./subscription-shapes.ts";
import { countSchema, reachSchema, wordsSchema } from "./values.ts";

/** Lists the subscriptions of a tenant's applications. */
export const listSubscriptions = operation({
  name: "subscriptions.list",
  method: "GET",
  path: "/tenants/{tenant}/subscriptions",
  permission: "subscription.read",
  scope: "tenant",
  summary: "Subscriptions of the tenant's applications, the newest first",
  params: tenantParams,
  query: pageQuery.extend({
    app: nameSchema.exactOptional(),
    service: nameSchema.exactOptional(),
    state: subscriptionStateSchema.exactOptional(),
  }),
  body: null,
  output: pageOf(subscriptionSchema),
  status: 200,
  affectsCalls: false,
});

/** Shows a subscription. */
export const getSubscription = operation({
  name: "subscriptions.get",
  method: "GET",
  path: "/tenants/{tenant}/subscriptions/{id}",
  permission: "subscription.read",
  scope: "tenant",
  summary: "A subscription of one of the tenant's applications, with its history",
  params: tenantIdParams,
  query: nothing,
  body: null,
  output: subscriptionSchema,
  status: 200,
  affectsCalls: false,
});

/** Asks for a subscription. */
export const requestSubscription = operation({
  name: "subscriptions.request",
  method: "POST",
  path: "/tenants/{tenant}/subscriptions",
  permission: "subscription.request",
  scope: "tenant",
  summary: "Ask for a subscription of an application to a service",
  params: tenantParams,
  query: nothing,
  body: z.strictObject({
    app: nameSchema,
    service: nameSchema,
    purpose: wordsSchema,
    expectedCallsPerMonth: countSchema.nullable().default(null),
    terms: wantedTermsSchema.prefault({}),
  }),
  output: subscriptionSchema,
  status: 201,
  affectsCalls: true,
});

/** Gives a subscription up. */
export const cancelSubscription = operation({
  name: "subscriptions.cancel",
  method: "POST",
  path: "/tenants/{tenant}/subscriptions/{id}/cancel",
  permission: "subscription.cancel",
  scope: "tenant",
  summary: "Give a subscription up, or the request for one",
  params: tenantIdParams,
  query: nothing,
  body: z.strictObject({ reason: wordsSchema.nullable().default(null) }),
  output: subscriptionSchema,
  status: 200,
  affectsCalls: true,
});

/** Asks for more time. */
export const renewSubscription = operation({
  name: "subscriptions.renew",
  method: "POST",
  path: "/tenants/{tenant}/subscriptions/{id}/renew",
  permission: "subscription.renew",
  scope: "tenant",
  summary: "Ask for more time for an approved subscription",
  params: tenantIdParams,
  query: nothing,
  body: null,
  output: subscriptionSchema,
  status: 200,
  affectsCalls: true,
});

/** Tells what a request would open. */
export const previewSubscription = operation({
  name: "subscriptions.preview",
  method: "POST",
  path: "/tenants/{tenant}/subscriptions/preview",
  permission: "subscription.request",
  scope: "tenant",
  summary: "What a request would open beside what the application reaches already",
  params: tenantParams,
  query: nothing,
  body: z.strictObject({ app: nameSchema, service: nameSchema, terms: wantedTermsSchema.prefault({}) }),
  output: reachSchema,
  status: 200,
  affectsCalls: false,
});
