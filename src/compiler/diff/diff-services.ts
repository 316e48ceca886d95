import { formatDuration } from "../../kernel/duration.ts";
import { diffApproval } from "./diff-approval.ts";
import { diffPlan } from "./diff-plan.ts";
import { diffPolicy } from "./diff-policy.ts";
import { about, type Finding, type Statement } from "./finding.ts";
import { matchNames, matchRows } from "./match.ts";
import type { NamedArtifact, NamedService } from "./named-artifact.ts";
import type { Effect } from "./plan-report.ts";
import { withAnyReach } from "./reach-statement.ts";
import { arrow, namesText } from "./words.ts";

/** What changes in services: what they offer, to whom, at what price and who decides. */
export function diffServices(before: NamedArtifact, after: NamedArtifact): readonly Finding[] {
  const { added, removed, kept } = matchRows(before.services, after.services);
  return [
    ...added.flatMap(([name, service]) => about("service", [name], [addedService(service)])),
    ...removed.flatMap(([name]) =>
      about("service", [name], [{ kind: "service-removed", effect: "breaking", message: "removed" }]),
    ),
    ...kept.flatMap(([name, old, service]) => about("service", [name], diffService(old, service))),
  ];
}

/** A new service widens nothing until someone is subscribed, unless anyone may subscribe without being asked. */
function addedService({ row, visibleTo }: NamedService): Statement {
  const isFree = row.approval.mode !== "by" && visibleTo?.length !== 0;
  const message = `added, visible to ${visibleText(visibleTo)}`;
  return { kind: "service-added", effect: isFree ? "widening" : "safe", message };
}

function diffService(before: NamedService, after: NamedService): readonly Statement[] {
  return [
    ...diffOffers(before, after),
    ...diffVisibility(before.visibleTo, after.visibleTo),
    ...diffApproval(
      { approval: before.row.approval, tenants: before.approvalTenants },
      { approval: after.row.approval, tenants: after.approvalTenants },
    ),
    ...diffTerms("trial", before.row.trialMs ?? 0, after.row.trialMs ?? 0),
    ...diffTerms("subscription for", before.row.subscriptionMs, after.row.subscriptionMs),
    ...diffOwner(before.owner, after.owner),
    ...diffPlan(before.row.plan, after.row.plan),
    ...diffWords(before, after),
    ...diffPolicy(before.row, after.row),
  ];
}

/** Safe by itself: what subscribers gain or lose by it is told of them. */
function diffOffers(before: NamedService, after: NamedService): readonly Statement[] {
  const models = matchNames(before.models, after.models);
  const endpoints = matchNames(before.endpoints, after.endpoints);
  const backends = matchNames(before.backends, after.backends);
  return [
    ...withAnyReach(
      { kind: "offer-added", effect: "safe", message: "now offers" },
      { models: models.added, endpoints: endpoints.added, backends: backends.added },
    ),
    ...withAnyReach(
      { kind: "offer-removed", effect: "safe", message: "no longer offers" },
      { models: models.removed, endpoints: endpoints.removed, backends: backends.removed },
    ),
  ];
}

function diffVisibility(
  before: readonly string[] | null,
  after: readonly string[] | null,
): readonly Statement[] {
  const [lost, gained] = [hidesSomeone(before, after), hidesSomeone(after, before)];
  if (!lost && !gained) return [];
  const effect: Effect = lost ? "breaking" : "widening";
  const kind = lost ? (gained ? "visibility-changed" : "visibility-narrowed") : "visibility-widened";
  return [{ kind, effect, message: `visible to ${arrow(visibleText(before), visibleText(after))}` }];
}

/** Whether some tenant sees the service in the first case and not in the second. */
function hidesSomeone(before: readonly string[] | null, after: readonly string[] | null): boolean {
  if (after === null) return false;
  return before === null || before.some((tenant) => !after.includes(tenant));
}

function visibleText(tenants: readonly string[] | null): string {
  if (tenants === null) return "everyone";
  return tenants.length === 0 ? "nobody" : namesText("tenant", tenants.toSorted());
}

/** How long a subscription lasts: undecided (a trial; 0: there is none), or once it is approved (null: for ever). */
function diffTerms(words: string, before: number | null, after: number | null): readonly Statement[] {
  if (before === after) return [];
  const text = (ms: number | null): string => (ms === null ? "ever" : ms === 0 ? "none" : formatDuration(ms));
  const isLonger = (after ?? Number.POSITIVE_INFINITY) > (before ?? Number.POSITIVE_INFINITY);
  const message = `${words} ${arrow(text(before), text(after))}`;
  return [{ kind: "service-terms-changed", effect: isLonger ? "widening" : "safe", message }];
}

/** The owner's members decide about subscriptions. */
function diffOwner(before: string, after: string): readonly Statement[] {
  if (before === after) return [];
  return [{ kind: "service-owner-changed", effect: "widening", message: `owner ${arrow(before, after)}` }];
}

function diffWords({ row: before }: NamedService, { row: after }: NamedService): readonly Statement[] {
  const fields = (["summary", "docs", "contact"] as const).filter((field) => before[field] !== after[field]);
  if (fields.length === 0) return [];
  return [{ kind: "service-described", effect: "safe", message: `${fields.join(" and ")} changed` }];
}
