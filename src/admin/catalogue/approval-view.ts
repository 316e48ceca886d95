import type { Artifact, ArtifactApproval, ArtifactService } from "../../artifact/artifact.ts";
import { formatDuration } from "../../kernel/duration.ts";
import type { ApprovalAnswer } from "../contract/services.ts";

type Decision = Exclude<ArtifactApproval, { readonly mode: "automatic" }>;
type Condition = Extract<ApprovalAnswer, { readonly mode: "automatic" }>["when"];

/**
 * The approval policy of a service as a tenant may know it: of the tenants that qualify, its owner sees all, and any
 * other tenant sees whether it is one of them.
 */
export function showApproval(artifact: Artifact, service: ArtifactService, tenantId: number): ApprovalAnswer {
  const { approval, owner } = service;
  if (approval.mode !== "automatic") return approval;
  const { tenants, ...when } = approval.when;
  const seen = tenants?.filter((id) => owner === tenantId || id === tenantId) ?? null;
  const names = seen?.flatMap((id) => artifact.tenants[id]?.name ?? []) ?? null;
  return { ...approval, when: { ...when, tenants: names } };
}

/** The same in words: one or two sentences. @param owner name of the tenant that owns the service */
export function approvalWords(approval: ApprovalAnswer, owner: string): string {
  if (approval.mode !== "automatic") return sentence(decisionWords(approval, owner));
  const conditions = conditionWords(approval.when);
  const otherwise = decisionWords(approval.otherwise, owner);
  if (conditions.length === 0) return "Every request is approved at once.";
  return `A request is approved at once where ${conditions.join(", and ")}. Otherwise: ${otherwise}.`;
}

function decisionWords(decision: ApprovalAnswer & Pick<Decision, "mode">, owner: string): string {
  if (decision.mode !== "by") return "every request is approved at once";
  const { roles, quorum, withinMs } = decision;
  const who =
    quorum === 1
      ? `a member of ${owner} who is ${roles.join(" or ")} decides`
      : `${quorum} members of ${owner} who are ${roles.join(" or ")} decide`;
  const lapse =
    withinMs === null ? "" : `, within ${formatDuration(withinMs)}, after which the request lapses`;
  return `${who}${lapse}`;
}

function conditionWords({ tenants, environments, requestsPerMinuteUpTo }: Condition): readonly string[] {
  const words: string[] = [];
  if (tenants !== null) {
    words.push(
      tenants.length === 0 ? "it comes from certain other tenants" : `it comes from ${tenants.join(" or ")}`,
    );
  }
  if (environments !== null)
    words.push(`it is for keys of the environment ${environments.join(" or ")} alone`);
  if (requestsPerMinuteUpTo !== null)
    words.push(`it asks for at most ${requestsPerMinuteUpTo} requests per minute`);
  return words;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
