import type { ChatRequest, ReasoningEffort, ReasoningOptions } from "../../canonical/chat-request.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { GeminiTarget } from "./quirks.ts";
import type { RenderContext } from "./render-content.ts";

/** Tokens for thinking that stand for a wish in words. Source: https://ai.google.dev/gemini-api/docs/openai#thinking */
const BUDGETS: Readonly<Record<Exclude<ReasoningEffort, "none">, number>> = {
  minimal: 1_024,
  low: 1_024,
  medium: 8_192,
  high: 24_576,
  xhigh: 32_768,
  max: 32_768,
};

const LEVELS: Readonly<Record<ReasoningEffort, string>> = {
  none: "MINIMAL",
  minimal: "MINIMAL",
  low: "LOW",
  medium: "MEDIUM",
  high: "HIGH",
  xhigh: "HIGH",
  max: "HIGH",
};

interface BudgetRange {
  readonly least: number;
  readonly most: number;
  /** Whether it can be told not to think at all. */
  readonly canStop: boolean;
}

/**
 * `thinkingConfig` in the words that the model takes: levels from the third generation on, tokens before.
 * Source: https://ai.google.dev/gemini-api/docs/thinking
 */
export function renderReasoning({ reasoning }: ChatRequest, context: RenderContext): JsonObject | undefined {
  if (reasoning === undefined) return undefined;
  const { target } = context;
  if (target.thinking === "none") {
    // A wish for none is met; any other changes how the answer is found, not what it is.
    if (reasoning.effort !== "none") note("cannot be told to this model of Gemini", context);
    return undefined;
  }
  const amount =
    target.thinking === "level" ? renderLevel(reasoning, context) : renderBudget(reasoning, context);
  const { show } = reasoning;
  const config = { ...amount, ...(show !== undefined && { includeThoughts: show !== "none" }) };
  return Object.keys(config).length > 0 ? config : undefined;
}

function renderLevel({ effort, budgetTokens }: ReasoningOptions, context: RenderContext): JsonObject {
  if (effort === undefined) {
    // Older words, which these models still take; never together with a level.
    return budgetTokens === undefined ? {} : { thinkingBudget: clamp(budgetTokens, rangeOf(context.target)) };
  }
  const { model } = context.target;
  const isPro = model.includes("pro");
  if (effort === "none") noteChanged("cannot stop this model of Gemini from thinking", context);
  if (isPro && (effort === "none" || effort === "minimal")) return { thinkingLevel: "LOW" };
  // The first of them knew no middle.
  if (effort === "medium" && model.includes("gemini-3-pro")) return { thinkingLevel: "HIGH" };
  return { thinkingLevel: LEVELS[effort] };
}

function renderBudget(
  { effort, budgetTokens, isAdaptive }: ReasoningOptions,
  context: RenderContext,
): JsonObject {
  const range = rangeOf(context.target);
  if (effort === "none") {
    if (!range.canStop) noteChanged("cannot stop this model of Gemini from thinking", context);
    return { thinkingBudget: range.canStop ? 0 : range.least };
  }
  const wanted = budgetTokens ?? (effort === undefined ? undefined : BUDGETS[effort]);
  if (wanted !== undefined) return { thinkingBudget: clamp(wanted, range) };
  return isAdaptive === true ? { thinkingBudget: -1 } : {};
}

function rangeOf({ model }: GeminiTarget): BudgetRange {
  if (model.includes("pro")) return { least: 128, most: 32_768, canStop: false };
  return { least: model.includes("lite") ? 512 : 1, most: 24_576, canStop: true };
}

function clamp(tokens: number, { least, most }: BudgetRange): number {
  return Math.max(least, Math.min(tokens, most));
}

function note(reason: string, { losses }: RenderContext): void {
  losses.push({ path: { field: "reasoning" }, isHarmless: true, reason });
}

function noteChanged(reason: string, { losses }: RenderContext): void {
  losses.push({ path: { field: "reasoning" }, isHarmless: true, isChanged: true, reason });
}
