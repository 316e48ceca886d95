import * as contract from "../contract/approvals.ts";
import { noSuchThing } from "../refusals.ts";
import { approveSubscription, rejectSubscription } from "../subscriptions/decide-subscription.ts";
import { revokeSubscription } from "../subscriptions/end-subscription.ts";
import { exportApprovals } from "../subscriptions/export-approvals.ts";
import { listInbox } from "../subscriptions/inbox.ts";
import { getSubscription } from "../subscriptions/list-subscriptions.ts";
import { previewDecision } from "../subscriptions/preview.ts";
import { forOwnerSide } from "../subscriptions/side-views.ts";
import { bind, type OperationContext } from "./bound-operation.ts";
import { recordPage } from "./pages.ts";
import { requireTenant } from "./require-tenant.ts";

/** Operations on the owner's side of subscriptions, and what was approved as code. */
export const approvalOperations = [
  bind(contract.listInbox, async ({ parts, member }, { params, query }) => {
    requireTenant(parts.artifact().artifact, params.tenant);
    return recordPage(query, async (page, filter) => {
      const found = await listInbox(parts, member, { ...filter, owner: params.tenant, ...page });
      return { items: found.subscriptions.map(forOwnerSide), next: found.next };
    });
  }),
  bind(contract.getApproval, async (context, { params }) => {
    await requireOwnerOf(context, params);
    return forOwnerSide(await getSubscription(context.parts, context.member, params.id));
  }),
  bind(contract.approveSubscription, async (context, { params, body }) => {
    await requireOwnerOf(context, params);
    const { parts, member, address, version = null } = context;
    const approval = { ...body, id: params.id, version };
    return forOwnerSide(await approveSubscription(parts, member, approval, address));
  }),
  bind(contract.rejectSubscription, async (context, { params, body }) => {
    await requireOwnerOf(context, params);
    const { parts, member, address, version = null } = context;
    const rejection = { ...body, id: params.id, version };
    return forOwnerSide(await rejectSubscription(parts, member, rejection, address));
  }),
  bind(contract.revokeSubscription, async (context, { params, body }) => {
    await requireOwnerOf(context, params);
    const { parts, member, address, version = null } = context;
    const revocation = { ...body, id: params.id, version };
    return forOwnerSide(await revokeSubscription(parts, member, revocation, address));
  }),
  bind(contract.previewApproval, async (context, { params, body }) => {
    await requireOwnerOf(context, params);
    return previewDecision(context.parts, context.member, { ...body, id: params.id });
  }),
  bind(contract.exportApprovals, async ({ parts, member }, { params }) => {
    requireTenant(parts.artifact().artifact, params.tenant);
    return exportApprovals(parts, member, params.tenant);
  }),
  bind(contract.exportAllApprovals, ({ parts, member }) => exportApprovals(parts, member, null)),
];

/**
 * Checks that a subscription is one to a service of the tenant that the path names.
 * @throws LatchkeyError LK-2020
 */
async function requireOwnerOf(
  { parts }: OperationContext,
  { tenant, id }: { readonly tenant: string; readonly id: string },
): Promise<void> {
  const record = await parts.records.get("subscription", id);
  if (record?.body.owner !== tenant) throw noSuchThing("id");
}
