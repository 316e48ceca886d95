import type { ChatRequest, ReasoningEffort, ReasoningOptions } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { AnthropicEffort, AnthropicQuirks } from "./quirks.ts";

/** Thinking in Anthropic's words. */
export interface RenderedReasoning {
  readonly thinking?: JsonObject;
  readonly effort?: AnthropicEffort;
  /** Tokens of a budget; 0 without one. */
  readonly budget: number;
  /** Whether the model is asked to think, which narrows what else may be asked for. */
  readonly isOn: boolean;
}

/** Tokens for thinking that stand for a wish in words, where a model wants a number. */
const BUDGETS: Readonly<Record<Exclude<ReasoningEffort, "none">, number>> = {
  minimal: 1_024,
  low: 2_048,
  medium: 8_192,
  high: 16_384,
  xhigh: 32_768,
  max: 32_768,
};

/** The least that Anthropic takes. */
const MIN_BUDGET = 1_024;
/** Part of a limit that a budget made of a word may take, so that the answer has room. */
const SHARE = 0.8;
const ORDER: readonly AnthropicEffort[] = ["low", "medium", "high", "xhigh", "max"];
const OFF: RenderedReasoning = { budget: 0, isOn: false };

/**
 * Renders the wish for thinking in the form that the model takes: `thinking` with a budget below `max_tokens`, or
 * `adaptive` with `output_config.effort`. Where something else that is asked for does not go with thinking, thinking
 * is left out, since the answer is the same in kind without it.
 * Wire format: https://platform.claude.com/docs/en/build-with-claude/thinking
 * @param bar what does not go with thinking in this request, as the end of `is left out, since …`
 * @param limit tokens that the answer may have, thinking included
 */
export function renderReasoning(
  { reasoning }: ChatRequest,
  quirks: AnthropicQuirks,
  bar: string | undefined,
  limit: number | undefined,
  losses: Loss[],
): RenderedReasoning {
  if (reasoning === undefined) return OFF;
  const lose = (reason: string): void =>
    void losses.push({ path: { field: "reasoning" }, isHarmless: true, reason });
  const change = (reason: string): void =>
    void losses.push({ path: { field: "reasoning" }, isHarmless: true, isChanged: true, reason });
  const effort = renderEffort(reasoning.effort, quirks);
  const isOff = reasoning.effort === "none" || reasoning.budgetTokens === 0;
  if (quirks.thinking === "none") {
    if (!isOff) lose("cannot be told to this model of Anthropic");
    return OFF;
  }
  if (isOff) return switchedOff(effort, quirks, change);
  if (!wantsThinking(reasoning, effort)) {
    const { show = "none" } = reasoning;
    if (reasoning.effort === undefined && show !== "none")
      lose("is to be shown, but not asked for, and this model of Anthropic thinks when it is asked to");
    return { ...OFF, ...effort };
  }
  if (bar !== undefined) {
    lose(`is left out, since ${bar}`);
    return { ...OFF, ...effort };
  }
  const display = renderDisplay(reasoning, quirks);
  if (isAdaptive(reasoning, quirks)) {
    if (reasoning.budgetTokens !== undefined && quirks.thinking === "adaptive")
      change("has no budget with this model of Anthropic, which is told an effort instead");
    const level = effort.effort === undefined ? effortOfBudget(reasoning.budgetTokens, quirks) : effort;
    return { thinking: { type: "adaptive", ...display }, ...level, budget: 0, isOn: true };
  }
  const budget = budgetOf(reasoning, limit);
  if (budget < MIN_BUDGET) {
    lose("is left out, since the limit of tokens leaves no room for it");
    return { ...OFF, ...effort };
  }
  return { thinking: { type: "enabled", budget_tokens: budget, ...display }, ...effort, budget, isOn: true };
}

function switchedOff(
  effort: Pick<RenderedReasoning, "effort">,
  quirks: AnthropicQuirks,
  change: (reason: string) => void,
): RenderedReasoning {
  if (quirks.off !== undefined) return { thinking: { type: quirks.off }, ...effort, ...OFF };
  change("cannot be switched off for this model of Anthropic");
  const [least] = quirks.efforts;
  return { ...(least !== undefined && { effort: least }), ...effort, ...OFF };
}

/** An effort alone is a wish for thinking, unless the caller has said that it is none (`isAdaptive: false`). */
function wantsThinking(
  { isAdaptive: adaptive, budgetTokens, effort }: ReasoningOptions,
  { effort: told }: Pick<RenderedReasoning, "effort">,
): boolean {
  if (adaptive === true || budgetTokens !== undefined) return true;
  return effort !== undefined && !(adaptive === false && told !== undefined);
}

function isAdaptive(
  { isAdaptive: adaptive, budgetTokens }: ReasoningOptions,
  quirks: AnthropicQuirks,
): boolean {
  if (quirks.thinking === "either") return adaptive === true || budgetTokens === undefined;
  return quirks.thinking === "adaptive";
}

function renderEffort(
  effort: ReasoningEffort | undefined,
  { efforts }: AnthropicQuirks,
): Pick<RenderedReasoning, "effort"> {
  if (effort === undefined || effort === "none" || efforts.length === 0) return {};
  return { effort: nearest(effort === "minimal" ? "low" : effort, efforts) };
}

/** The level itself, or else the next lower one that the model has. */
function nearest(effort: AnthropicEffort, efforts: readonly AnthropicEffort[]): AnthropicEffort {
  const rank = ORDER.indexOf(effort);
  return efforts.findLast((level) => ORDER.indexOf(level) <= rank) ?? effort;
}

function effortOfBudget(
  budget: number | undefined,
  { efforts }: AnthropicQuirks,
): Pick<RenderedReasoning, "effort"> {
  if (budget === undefined || efforts.length === 0) return {};
  const level = ORDER.find((name) => budget <= BUDGETS[name]) ?? "max";
  return { effort: nearest(level, efforts) };
}

function budgetOf({ budgetTokens, effort }: ReasoningOptions, limit = Number.POSITIVE_INFINITY): number {
  if (budgetTokens !== undefined) return Math.min(Math.max(MIN_BUDGET, budgetTokens), limit - 1);
  const wanted = BUDGETS[effort === undefined || effort === "none" ? "high" : effort];
  return Math.min(wanted, Math.floor(limit * SHARE));
}

/** Whether thinking is shown; models before 4.6 show it always and take no word about it. */
function renderDisplay({ show }: ReasoningOptions, { thinking }: AnthropicQuirks): JsonObject {
  if (show === undefined || thinking === "budget") return {};
  return { display: show === "none" ? "omitted" : "summarized" };
}
