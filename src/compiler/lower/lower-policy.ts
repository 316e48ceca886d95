import type {
  ArtifactApproval,
  ArtifactBudget,
  ArtifactLimit,
  ArtifactPlan,
} from "../../artifact/artifact.ts";
import { assert } from "../../kernel/assert.ts";
import type { PromptedConfig } from "../passes/check-endpoints.ts";
import type { ReadPlan } from "../read/shapes/policy.ts";

/** Limits and budget of anything that can have them. */
export function lowerPolicy(
  config: PromptedConfig,
  {
    limits = [],
    budget,
  }: { readonly limits?: readonly number[] | undefined; readonly budget?: number | undefined },
): { limits: ArtifactLimit[]; budget: ArtifactBudget | null } {
  return {
    limits: limits.flatMap((id) => config.limits.get(id) ?? []),
    budget: budget === undefined ? null : lowerBudget(config, budget),
  };
}

function lowerBudget({ budgets }: PromptedConfig, id: number): ArtifactBudget {
  const budget = budgets.get(id);
  assert(budget?.limit !== undefined && budget.per !== undefined, "a budget was not read");
  const shares = (budget.warnAt ?? []).map((share) => Math.round(share * 1_000_000));
  return {
    limitNanoUsd: budget.limit,
    per: budget.per,
    timeZone: budget.timeZone ?? "UTC",
    warnAtPpm: [...new Set(shares)].sort((a, b) => a - b),
    enforce: budget.enforce ?? "hard",
  };
}

/** A price plan with what it leaves out. */
export function lowerPlan(plan: ReadPlan): ArtifactPlan {
  return {
    perCall: plan.perCall ?? null,
    perThousandCalls: plan.perThousandCalls ?? null,
    perMillionInputTokens: plan.perMillionInputTokens ?? null,
    perMillionOutputTokens: plan.perMillionOutputTokens ?? null,
    perMonth: plan.perMonth ?? null,
    includedCalls: plan.includedCalls ?? 0,
    includedTokens: plan.includedTokens ?? 0,
  };
}

/** An approval policy; without one the owners decide. */
export function lowerApproval(config: PromptedConfig, id: number | undefined): ArtifactApproval {
  if (id === undefined) return { mode: "by", roles: ["owner"], withinMs: null, quorum: 1 };
  const approval = config.approvals.get(id);
  assert(approval !== undefined, "an approval was not read");
  if (approval.mode === "none") return { mode: "none" };
  if (approval.mode === "by") return { ...approval, roles: [...approval.roles] };
  const otherwise = lowerApproval(config, approval.otherwise);
  assert(otherwise.mode !== "automatic", "automatic approvals stand inside each other");
  const names = config.tables.tenants.map(({ name }) => name);
  return {
    mode: "automatic",
    when: {
      tenants:
        approval.tenants === null
          ? null
          : approval.tenants.map((name) => names.indexOf(name)).sort((a, b) => a - b),
      environments: approval.environments === null ? null : [...approval.environments],
      requestsPerMinuteUpTo: approval.requestsPerMinuteUpTo,
    },
    otherwise,
  };
}
