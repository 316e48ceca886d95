import type { Artifact, ArtifactService } from "../../artifact/artifact.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { StoredRecord } from "../../stores/record-store.ts";
import type { OpenDecision, SubscriptionTerms } from "../../stores/records/subscription-record.ts";
import type { AdminParts } from "../admin-parts.ts";
import { checkWords, wrongField } from "../check-input.ts";
import { momentAfter } from "../day.ts";
import { actorOf, type Member } from "../identity/member.ts";
import { offersTo } from "../offers.ts";
import { checkLimits, checkNarrowedTerms } from "./check-terms.ts";
import { couldDecide, type DecisionPolicy, decidersOf, isDecider } from "./decision-policy.ts";
import {
  type FoundSubscription,
  findSubscription,
  requireService,
  type SubscriptionRef,
  serviceOf,
  tenantIdOf,
} from "./find-subscription.ts";
import { saveSubscription } from "./save-subscription.ts";
import { isRenewing, openDecision, type SubscriptionStep, takeStep } from "./subscription-machine.ts";
import { type SubscriptionDetails, showSubscription } from "./subscription-view.ts";
import { intersectTerms, type NarrowedTerms, narrowTerms, opensAnything } from "./terms.ts";

/** An approval. */
export interface Approval extends SubscriptionRef {
  /** What of the request is allowed; what is absent is allowed as asked. */
  readonly terms?: NarrowedTerms;
  readonly reason?: string | null;
}

/** A rejection. */
export interface Rejection extends SubscriptionRef {
  /** What the requester gets to read. */
  readonly reason: string;
}

/**
 * Approves what is asked for, or a part of it: the request, or the renewal. Where the policy of the service asks for
 * more than one approval, it is a vote until the last one comes; then what all of them allow is granted. Whoever asked
 * does not decide, except operators of the platform.
 * @throws LatchkeyError LK-2020, LK-2014, LK-2016, LK-2021, LK-2102 where it is wider than what was asked for, or leaves
 *   nothing
 */
export async function approveSubscription(
  parts: AdminParts,
  member: Member,
  approval: Approval,
  address: string | null,
): Promise<SubscriptionDetails> {
  const { reason = null } = approval;
  if (reason !== null) checkWords(reason, "reason");
  checkLimits(approval.terms ?? {});
  const { artifact } = parts.artifact();
  const nowMs = parts.clock.now();
  const saved = await parts.records.transact(async (transaction) => {
    const how = { permission: "subscription.approve", side: "owner", nowMs } as const;
    const found = await findSubscription(transaction, member, approval, how);
    const { open: all, policy } = requireDecider(artifact, found, member);
    // A vote counts as long as whoever gave it may decide.
    const votes = all.votes.filter(({ by }) => couldDecide(artifact, found.body.owner, policy.roles, by));
    const open = { ...all, votes };
    const service = requireService(artifact, found.body);
    const offers = offersTo(artifact, tenantIdOf(artifact, found.body), [service]);
    checkNarrowedTerms(approval.terms ?? {}, offers);
    const granted = narrowTerms(open.terms, approval.terms ?? {});
    const terms = votes.reduce((rest, vote) => intersectTerms(rest, vote.terms), granted);
    if (!opensAnything(offers, terms)) {
      throw wrongField("terms", "With this nothing is left of what was asked for: reject it instead.");
    }
    const told = { by: member.address, timeMs: nowMs, reason };
    const isLast = votes.length + 1 >= policy.quorum;
    const step: SubscriptionStep = isLast
      ? { ...told, step: "approve", granted: terms, expiresAtMs: endOf(service, found, nowMs) }
      : { ...told, step: "vote", terms: granted };
    const event = open.kind === "renewal" ? "subscription.renewed" : "subscription.approved";
    return saveSubscription(parts, transaction, {
      ...written(found, member, address),
      body: takeStep({ ...found.body, open }, step),
      action: isLast ? "subscription.approve" : "subscription.vote",
      event: isLast ? event : null,
      reason,
    });
  });
  return showSubscription(saved, nowMs);
}

/**
 * Rejects what is asked for; one member who decides is enough. Rejecting a renewal leaves the approval as it is, until
 * it ends.
 * @throws LatchkeyError LK-2020, LK-2014, LK-2016, LK-2021, LK-2102
 */
export async function rejectSubscription(
  parts: AdminParts,
  member: Member,
  rejection: Rejection,
  address: string | null,
): Promise<SubscriptionDetails> {
  const { reason } = rejection;
  checkWords(reason, "reason");
  const { artifact } = parts.artifact();
  const nowMs = parts.clock.now();
  const saved = await parts.records.transact(async (transaction) => {
    const how = { permission: "subscription.reject", side: "owner", nowMs } as const;
    const found = await findSubscription(transaction, member, rejection, how);
    requireDecider(artifact, found, member);
    const step = { step: "reject", by: member.address, timeMs: nowMs, reason } as const;
    return saveSubscription(parts, transaction, {
      ...written(found, member, address),
      body: takeStep(found.body, step),
      action: "subscription.reject",
      event: "subscription.rejected",
      reason,
    });
  });
  return showSubscription(saved, nowMs);
}

/**
 * What is to be decided, and how, for a member who may decide it.
 * @throws LatchkeyError LK-2014, LK-2021
 */
function requireDecider(
  artifact: Artifact,
  { body }: FoundSubscription,
  member: Member,
): { readonly open: OpenDecision; readonly policy: Extract<DecisionPolicy, { readonly mode: "by" }> } {
  const open = openDecision(body);
  const terms: SubscriptionTerms = open?.terms ?? body.granted ?? body.requested;
  const policy = decidersOf(serviceOf(artifact, body), { tenantId: tenantIdOf(artifact, body), terms });
  if (!isDecider(member, body.owner, policy.roles)) {
    throw new LatchkeyError(
      "LK-2014",
      `The policy of the service lets these roles of its owner decide: ${policy.roles.join(", ")}.`,
    );
  }
  if (open === null) {
    throw new LatchkeyError("LK-2021", `Nothing is to be decided: the subscription is ${body.state}.`);
  }
  if (open.askedBy === member.address && !member.isOperator) {
    throw new LatchkeyError("LK-2014", "You have asked for this yourself: somebody else has to decide.");
  }
  return { open, policy };
}

/** When an approval that is given now ends; a renewal never makes it end earlier. */
function endOf(
  { subscriptionMs }: ArtifactService,
  { body }: FoundSubscription,
  nowMs: number,
): number | null {
  if (subscriptionMs === null) return null;
  const end = momentAfter(nowMs, subscriptionMs);
  return isRenewing(body) ? Math.max(end, body.expiresAtMs ?? end) : end;
}

function written(
  { record }: FoundSubscription,
  member: Member,
  address: string | null,
): {
  readonly before: StoredRecord<"subscription">;
  readonly id: string;
  readonly actor: ReturnType<typeof actorOf>;
  readonly actedFor: string;
  readonly by: string;
} {
  const { id, body } = record;
  return { before: record, id, actor: actorOf(member, address), actedFor: body.owner, by: member.address };
}
