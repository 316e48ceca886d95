import type { ChatRequest, ReasoningEffort } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";

/** Tokens for thinking that stand for a wish in words, where a model wants a number. */
const BUDGETS: Readonly<Record<Exclude<ReasoningEffort, "none">, number>> = {
  minimal: 1_024,
  low: 2_048,
  medium: 8_192,
  high: 16_384,
  xhigh: 32_768,
  max: 32_768,
};

/** The least that Claude takes. */
const MIN_BUDGET = 1_024;

/**
 * Thinking as the family of the model wants it, in `additionalModelRequestFields`; the Converse API has no words for
 * it. Claude: https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html, Nova:
 * https://docs.aws.amazon.com/nova/latest/nova2-userguide/extended-thinking.html, gpt-oss: `reasoning_effort`.
 */
export function renderReasoning(request: ChatRequest, model: string, losses: Loss[]): JsonObject {
  const { reasoning, maxOutputTokens } = request;
  if (reasoning === undefined) return {};
  const { effort, budgetTokens, isAdaptive } = reasoning;
  if (model.includes("anthropic.")) {
    if (effort === "none") return {};
    if (isAdaptive === true)
      return { thinking: { type: "adaptive" }, ...(effort !== undefined && { output_config: { effort } }) };
    const wanted = budgetTokens ?? (effort === undefined ? undefined : BUDGETS[effort]);
    if (wanted === undefined) return {};
    const budget = Math.max(MIN_BUDGET, Math.min(wanted, (maxOutputTokens ?? Infinity) - 1));
    return { thinking: { type: "enabled", budget_tokens: budget } };
  }
  if (effort !== undefined && model.includes("amazon.nova")) {
    if (effort === "none") return { reasoningConfig: { type: "disabled" } };
    return { reasoningConfig: { type: "enabled", maxReasoningEffort: novaEffort(effort) } };
  }
  if (effort !== undefined && model.includes("openai.")) {
    return effort === "none" ? {} : { reasoning_effort: effort === "minimal" ? "low" : novaEffort(effort) };
  }
  // Its models think as they will; a wish for none or less changes the answer's price, not its kind.
  losses.push({
    path: { field: "reasoning" },
    isHarmless: true,
    reason: "cannot be told to this model of Amazon Bedrock",
  });
  return {};
}

function novaEffort(effort: ReasoningEffort): "low" | "medium" | "high" {
  if (effort === "medium") return "medium";
  return effort === "minimal" || effort === "low" ? "low" : "high";
}
