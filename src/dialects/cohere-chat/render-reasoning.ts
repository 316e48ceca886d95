import type { ChatRequest, ReasoningEffort } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { TargetTraits } from "../dialect.ts";

/** Tokens for thinking that stand for a wish in words; the higher ones are left to the model. */
const BUDGETS: Readonly<Partial<Record<ReasoningEffort, number>>> = {
  minimal: 1_024,
  low: 2_048,
  medium: 8_192,
};

/**
 * Thinking is on for the models that can, and may be limited or switched off.
 * Wire format: https://docs.cohere.com/docs/reasoning
 */
export function renderReasoning(
  { reasoning, maxOutputTokens }: ChatRequest,
  traits: TargetTraits,
  losses: Loss[],
): JsonObject {
  if (reasoning === undefined) return {};
  const { effort, budgetTokens } = reasoning;
  const isOff = effort === "none" || budgetTokens === 0;
  if (traits.lacks?.includes("reasoning") === true) {
    if (!isOff)
      losses.push({ path: { field: "reasoning" }, isHarmless: true, reason: "is nothing this model does" });
    return {};
  }
  if (isOff) return { thinking: { type: "disabled" } };
  const wanted = budgetTokens ?? (effort === undefined ? undefined : BUDGETS[effort]);
  if (wanted === undefined) return { thinking: { type: "enabled" } };
  // Thinking counts as output.
  const budget = Math.max(1, Math.min(wanted, (maxOutputTokens ?? Number.POSITIVE_INFINITY) - 1));
  return { thinking: { type: "enabled", token_budget: budget } };
}
