import type { ArtifactApproval } from "../../artifact/artifact.ts";
import { formatDuration } from "../../kernel/duration.ts";
import type { Statement } from "./finding.ts";
import { arrow } from "./words.ts";

type Terms = Extract<ArtifactApproval, { mode: "none" | "by" }>;

/** An approval policy whose tenants are names. */
export interface NamedApproval {
  readonly approval: ArtifactApproval;
  /** Tenants that an automatic approval is for, sorted; null where it is for all. */
  readonly tenants: readonly string[] | null;
}

/** How a service's approval policy changes. It is about future subscriptions: nothing that works stops. */
export function diffApproval(before: NamedApproval, after: NamedApproval): readonly Statement[] {
  const [old, current] = [approvalText(before), approvalText(after)];
  if (old === current) return [];
  const isEasier = !isAsStrict(before, after);
  return [
    {
      kind: isEasier ? "approval-loosened" : "approval-tightened",
      effect: isEasier ? "widening" : "safe",
      message: `approval ${arrow(old, current)}`,
    },
  ];
}

/** Whether every subscription that passes after would have passed before; in doubt it would not. */
function isAsStrict(before: NamedApproval, after: NamedApproval): boolean {
  const [old, current] = [before.approval, after.approval];
  if (old.mode === "none") return true;
  if (current.mode === "none") return false;
  if (current.mode === "by") return termsAsStrict(old.mode === "automatic" ? old.otherwise : old, current);
  if (old.mode === "by") return false;
  return conditionText(before) === conditionText(after) && termsAsStrict(old.otherwise, current.otherwise);
}

function termsAsStrict(before: Terms, after: Terms): boolean {
  if (before.mode === "none") return true;
  if (after.mode === "none" || after.quorum < before.quorum) return false;
  const isSooner =
    (after.withinMs ?? Number.POSITIVE_INFINITY) <= (before.withinMs ?? Number.POSITIVE_INFINITY);
  return isSooner && after.roles.every((role) => before.roles.includes(role));
}

function approvalText(named: NamedApproval): string {
  const { approval } = named;
  if (approval.mode !== "automatic") return termsText(approval);
  return `automatic (${conditionText(named)}), otherwise ${termsText(approval.otherwise)}`;
}

function conditionText({ approval, tenants }: NamedApproval): string {
  if (approval.mode !== "automatic") return "never";
  const { environments, requestsPerMinuteUpTo } = approval.when;
  const conditions = [
    tenants === null ? "" : `tenant ${tenants.join(" or ") || "nobody"}`,
    environments === null ? "" : `environment ${environments.toSorted().join(" or ") || "none"}`,
    requestsPerMinuteUpTo === null ? "" : `at most ${requestsPerMinuteUpTo} requests per minute`,
  ];
  return conditions.filter((condition) => condition !== "").join(", ") || "always";
}

function termsText(terms: Terms): string {
  if (terms.mode === "none") return "none";
  const { roles, quorum, withinMs } = terms;
  const many = quorum === 1 ? "" : `${quorum} of `;
  return `by ${many}${roles.toSorted().join(" or ")}${withinMs === null ? "" : ` within ${formatDuration(withinMs)}`}`;
}
