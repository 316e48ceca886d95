import type { SubscriptionBody } from "../../stores/records/subscription-record.ts";
import type { AdminParts } from "../admin-parts.ts";
import { checkPage, type PageRequest } from "../check-input.ts";
import type { Member } from "../identity/member.ts";
import { requirePermission } from "../refusals.ts";
import { decidersOf, isDecider } from "./decision-policy.ts";
import { serviceOf, tenantIdOf } from "./find-subscription.ts";
import type { SubscriptionPage } from "./list-subscriptions.ts";
import { settle } from "./settle.ts";
import { type SubscriptionDetails, showSubscription } from "./subscription-view.ts";

/** Records that one page looks at, at most. */
const MAX_LOOKED_AT = 2_000;

/**
 * What waits for a member's decision, the newest first: the policy names one of the member's roles in the tenant, and
 * the member has neither asked for it nor approved it yet. A page may hold less than its limit, even nothing, and have
 * a next one.
 * @throws LatchkeyError LK-2020, LK-2014, LK-2102
 */
export async function listInbox(
  parts: AdminParts,
  member: Member,
  { owner, service, ...request }: PageRequest & { readonly owner: string; readonly service?: string },
): Promise<SubscriptionPage> {
  requirePermission(member, "approval.read", owner);
  const { limit, after: start } = checkPage(request);
  const nowMs = parts.clock.now();
  const where = { owner, awaits: "decision", ...(service === undefined ? {} : { service }) };
  const subscriptions: SubscriptionDetails[] = [];
  let next: string | null = null;
  let after = start;
  for (let lookedAt = 0; lookedAt < MAX_LOOKED_AT; ) {
    const position = after === undefined ? {} : { after };
    const left = limit - subscriptions.length;
    const page = await parts.records.list({ kind: "subscription", where, limit: left, ...position });
    const waiting = page.records.filter(({ body }) => waitsFor(parts, member, settle(body, nowMs)));
    subscriptions.push(...waiting.map((record) => showSubscription(record, nowMs)));
    lookedAt += page.records.length;
    next = page.next;
    if (next === null || subscriptions.length === limit) break;
    after = next;
  }
  return { subscriptions, next };
}

function waitsFor(parts: AdminParts, member: Member, body: SubscriptionBody): boolean {
  const { open, owner } = body;
  if (!open || open.votes.some(({ by }) => by === member.address)) return false;
  if (open.askedBy === member.address && !member.isOperator) return false;
  const { artifact } = parts.artifact();
  const subject = { tenantId: tenantIdOf(artifact, body), terms: open.terms };
  return isDecider(member, owner, decidersOf(serviceOf(artifact, body), subject).roles);
}
