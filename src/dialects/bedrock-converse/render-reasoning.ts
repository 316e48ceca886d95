import type { ChatRequest, ReasoningEffort, ReasoningOptions } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { claudeGeneration } from "../anthropic-messages/claude-generation.ts";
import { thinkingOff } from "../anthropic-messages/claude-refusals.ts";
import { callLacksThinking, lacksThinking, type RenderedTurn } from "../open-call.ts";

/** Tokens for thinking that stand for a wish in words, where a model wants a number. */
const BUDGETS: Readonly<Record<Exclude<ReasoningEffort, "none">, number>> = {
  minimal: 1_024,
  low: 2_048,
  medium: 8_192,
  high: 16_384,
  xhigh: 32_768,
  max: 32_768,
};

const EFFORTS = ["low", "medium", "high", "xhigh"] as const;
/** From here on Claude takes no budget. Source: https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-opus-4-7.html */
const ADAPTIVE_ONLY = 407;
/** From here on it thinks unless it is told not to. Source: https://platform.claude.com/docs/en/build-with-claude/adaptive-thinking */
const THINKS_UNASKED = 500;
/** The least that Claude takes. */
const MIN_BUDGET = 1_024;
/** Part of a limit that a budget made of a word may take, so that the answer has room. */
const SHARE = 0.8;

/**
 * Thinking as the family of the model wants it, in `additionalModelRequestFields`; the Converse API has no words for
 * it. Claude: https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html, Nova:
 * https://docs.aws.amazon.com/nova/latest/nova2-userguide/extended-thinking.html, gpt-oss: `reasoning_effort`.
 */
export function renderReasoning(
  request: ChatRequest,
  model: string,
  turns: readonly RenderedTurn[],
  isForced: boolean,
  losses: Loss[],
): JsonObject {
  const { reasoning } = request;
  if (reasoning === undefined) return {};
  const { effort } = reasoning;
  if (isClaude(model)) return renderClaude(request, model, reasoning, turns, isForced, losses);
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

/** Whether a model of Bedrock's is Anthropic's, which is told so in its id. */
export function isClaude(model: string): boolean {
  return model.includes("anthropic.");
}

const isResult = (block: JsonObject): boolean => block["toolResult"] !== undefined;
const isThinking = (block: JsonObject): boolean => block["reasoningContent"] !== undefined;

/** Where something else that is asked for does not go with thinking, that is left out: the answer is the same in kind. */
function renderClaude(
  { maxOutputTokens: limit = Number.POSITIVE_INFINITY }: ChatRequest,
  model: string,
  { effort, budgetTokens, isAdaptive }: ReasoningOptions,
  turns: readonly RenderedTurn[],
  isForced: boolean,
  losses: Loss[],
): JsonObject {
  const lose = (why: string): JsonObject => {
    losses.push({ path: { field: "reasoning" }, isHarmless: true, reason: `is left out, since ${why}` });
    return {};
  };
  const generation = claudeGeneration(model);
  if (effort === "none" || budgetTokens === 0) return generation < THINKS_UNASKED ? {} : off(model, losses);
  if (effort === undefined && budgetTokens === undefined && isAdaptive !== true) return {};
  if (isForced) return lose("a tool that must be used does not go with it");
  if (isAdaptive === true || generation >= ADAPTIVE_ONLY) {
    if (isAdaptive !== true && budgetTokens !== undefined) {
      const reason = "has no budget with this model of Amazon Bedrock, which is told an effort instead";
      losses.push({ path: { field: "reasoning" }, isHarmless: true, isChanged: true, reason });
    }
    const level = effort === "minimal" ? "low" : (effort ?? effortOf(budgetTokens));
    return {
      thinking: { type: "adaptive" },
      ...(level !== undefined && { output_config: { effort: level } }),
    };
  }
  if (callLacksThinking(turns, isResult, isThinking)) return lose(lacksThinking);
  const budget =
    budgetTokens === undefined
      ? Math.min(BUDGETS[effort ?? "high"], Math.floor(limit * SHARE))
      : Math.min(Math.max(MIN_BUDGET, budgetTokens), limit - 1);
  if (budget < MIN_BUDGET) return lose("the limit of tokens leaves no room for it");
  return { thinking: { type: "enabled", budget_tokens: budget } };
}

/** Thinking switched off for a model that thinks unasked, or as little of it as can be. */
function off(model: string, losses: Loss[]): JsonObject {
  const type = thinkingOff(model);
  if (type !== undefined) return { thinking: { type } };
  const reason = "cannot be switched off for this model of Amazon Bedrock";
  losses.push({ path: { field: "reasoning" }, isHarmless: true, isChanged: true, reason });
  return { output_config: { effort: "low" } };
}

function effortOf(budget: number | undefined): ReasoningEffort | undefined {
  if (budget === undefined) return undefined;
  return EFFORTS.find((effort) => budget <= BUDGETS[effort]) ?? "max";
}

function novaEffort(effort: ReasoningEffort): "low" | "medium" | "high" {
  if (effort === "medium") return "medium";
  return effort === "minimal" || effort === "low" ? "low" : "high";
}
