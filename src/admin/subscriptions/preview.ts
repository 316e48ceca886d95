import type { NamedReach } from "../../overlay/overlay-view.ts";
import type { SubscriptionTerms } from "../../stores/records/subscription-record.ts";
import type { AdminParts } from "../admin-parts.ts";
import type { Member } from "../identity/member.ts";
import { offersTo } from "../offers.ts";
import { requirePermission } from "../refusals.ts";
import { checkAskedTerms, checkLimits, checkNarrowedTerms } from "./check-terms.ts";
import { findSubscription, serviceOf, tenantIdOf } from "./find-subscription.ts";
import { findSubject, type SubscriptionRequest } from "./request-subscription.ts";
import { openDecision } from "./subscription-machine.ts";
import { type NarrowedTerms, narrowTerms } from "./terms.ts";

/**
 * What a request would open beside what the application reaches already, if it were approved as it is.
 * @throws LatchkeyError as `requestSubscription` for the same words
 */
export function previewRequest(
  parts: AdminParts,
  member: Member,
  request: Pick<SubscriptionRequest, "tenant" | "app" | "service" | "terms">,
): NamedReach {
  const { tenant, app, service, terms } = request;
  requirePermission(member, "subscription.request", tenant);
  const { artifact } = parts.artifact();
  const subject = findSubject(artifact, request);
  checkAskedTerms(terms, offersTo(artifact, subject.tenantId, [subject.service]));
  return parts.overlay().opens({ tenant, app }, service, terms);
}

/**
 * What an approval on these terms would open by itself. It is for members of the service's owner, and what else the
 * application reaches is not theirs to know: not even that it reaches something already.
 * @throws LatchkeyError LK-2020, LK-2014, LK-2102 where the terms name nothing, or are wider than what was asked for
 */
export async function previewDecision(
  parts: AdminParts,
  member: Member,
  decision: { readonly id: string; readonly terms?: NarrowedTerms },
): Promise<NamedReach> {
  const how = { permission: "approval.read", side: "owner", nowMs: parts.clock.now() } as const;
  checkLimits(decision.terms ?? {});
  const { body } = await findSubscription(parts.records, member, { id: decision.id }, how);
  const asked: SubscriptionTerms = openDecision(body)?.terms ?? body.requested;
  const { artifact } = parts.artifact();
  const service = serviceOf(artifact, body);
  const offers = offersTo(artifact, tenantIdOf(artifact, body), service === undefined ? [] : [service]);
  checkNarrowedTerms(decision.terms ?? {}, offers);
  const terms = narrowTerms(asked, decision.terms ?? {});
  return parts.overlay().opensByItself({ tenant: body.appTenant, app: body.app }, body.service, terms);
}
