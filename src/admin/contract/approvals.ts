import { z } from "zod";
import { nameSchema, nothing, tenantIdParams, tenantParams } from "./names.ts";
import { operation } from "./operation.ts";
import { pageOf, pageQuery } from "./page.ts";
import { narrowedTermsSchema, subscriberSchema } from "./subscription-shapes.ts";
import { namesSchema, reachSchema, wordsSchema } from "./values.ts";

/** Lists what waits for a member's decision. */
export const listInbox = operation({
  name: "approvals.inbox",
  method: "GET",
  path: "/tenants/{tenant}/approvals",
  permission: "approval.read",
  scope: "tenant",
  summary: "Requests and renewals that wait for the member's decision, the newest first",
  params: tenantParams,
  query: pageQuery.extend({ service: nameSchema.exactOptional() }),
  body: null,
  output: pageOf(subscriberSchema),
  status: 200,
  affectsCalls: false,
});

/** Shows a subscription to one of a tenant's services. */
export const getApproval = operation({
  name: "approvals.get",
  method: "GET",
  path: "/tenants/{tenant}/approvals/{id}",
  permission: "subscription.read",
  scope: "tenant",
  summary: "A subscription to one of the tenant's services, with its history and votes",
  params: tenantIdParams,
  query: nothing,
  body: null,
  output: subscriberSchema,
  status: 200,
  affectsCalls: false,
});

/** Approves what is asked for, or a part of it. */
export const approveSubscription = operation({
  name: "approvals.approve",
  method: "POST",
  path: "/tenants/{tenant}/approvals/{id}/approve",
  permission: "subscription.approve",
  scope: "tenant",
  summary: "Approve what is asked for, or a part of it",
  params: tenantIdParams,
  query: nothing,
  body: z.strictObject({
    terms: narrowedTermsSchema.prefault({}),
    reason: wordsSchema.nullable().default(null),
  }),
  output: subscriberSchema,
  status: 200,
  affectsCalls: true,
});

/** Rejects what is asked for. */
export const rejectSubscription = operation({
  name: "approvals.reject",
  method: "POST",
  path: "/tenants/{tenant}/approvals/{id}/reject",
  permission: "subscription.reject",
  scope: "tenant",
  summary: "Reject what is asked for, with a reason that the requester reads",
  params: tenantIdParams,
  query: nothing,
  body: z.strictObject({ reason: wordsSchema }),
  output: subscriberSchema,
  status: 200,
  affectsCalls: true,
});

/** Takes an approval back. */
export const revokeSubscription = operation({
  name: "approvals.revoke",
  method: "POST",
  path: "/tenants/{tenant}/approvals/{id}/revoke",
  permission: "subscription.revoke",
  scope: "tenant",
  summary: "Take an approval back at once, with a reason",
  params: tenantIdParams,
  query: nothing,
  body: z.strictObject({ reason: wordsSchema }),
  output: subscriberSchema,
  status: 200,
  affectsCalls: true,
});

/** Tells what an approval would open. */
export const previewApproval = operation({
  name: "approvals.preview",
  method: "POST",
  path: "/tenants/{tenant}/approvals/{id}/preview",
  permission: "approval.read",
  scope: "tenant",
  summary: "What an approval on these terms opens by itself, whatever else the application reaches",
  params: tenantIdParams,
  query: nothing,
  body: z.strictObject({ terms: narrowedTermsSchema.prefault({}) }),
  output: reachSchema,
  status: 200,
  affectsCalls: false,
});

const exportSchema = z.strictObject({
  /** TypeScript of the config language. */
  text: z.string(),
  /** Ids of the subscriptions that the text declares. */
  declared: namesSchema,
  /** Ids of those that it names in comments, since they have terms or end. */
  remarked: namesSchema,
});

/** Writes what was approved for a tenant's applications as code. */
export const exportApprovals = operation({
  name: "approvals.export",
  method: "GET",
  path: "/tenants/{tenant}/approvals-export",
  permission: "approval.export",
  scope: "tenant",
  summary: "Approved subscriptions of the tenant's applications as code of the config",
  params: tenantParams,
  query: nothing,
  body: null,
  output: exportSchema,
  status: 200,
  affectsCalls: false,
});

/** Writes what was approved for everybody as code. */
export const exportAllApprovals = operation({
  name: "approvals.exportAll",
  method: "GET",
  path: "/approvals-export",
  permission: "approval.export",
  scope: "platform",
  summary: "Approved subscriptions of all tenants as code of the config",
  params: nothing,
  query: nothing,
  body: null,
  output: exportSchema,
  status: 200,
  affectsCalls: false,
});
