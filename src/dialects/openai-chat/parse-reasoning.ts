import type { ReasoningEffort, ReasoningOptions } from "../../canonical/chat-request.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { optionalCount, optionalFlag, optionalObject, optionalWord } from "./fields.ts";

const EFFORTS: readonly ReasoningEffort[] = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

/**
 * `reasoning_effort`, or what callers of other vendors write in its place: `reasoning` with an effort or a number of
 * tokens, and `thinking` with a type and a budget.
 * @throws LatchkeyError LK-2102.
 */
export function parseReasoning(body: JsonObject): ReasoningOptions | undefined {
  const effort = optionalWord(body["reasoning_effort"], EFFORTS, "reasoning_effort");
  const reasoning = optionalObject(body["reasoning"], "reasoning");
  const thinking = optionalObject(body["thinking"], "thinking");
  const type = optionalWord(thinking?.["type"], ["enabled", "disabled", "adaptive"], "thinking.type");
  const off = type === "disabled" || reasoning?.["enabled"] === false ? "none" : undefined;
  const on = type === "adaptive" || type === "enabled" || reasoning?.["enabled"] === true;
  const wanted = effort ?? optionalWord(reasoning?.["effort"], EFFORTS, "reasoning.effort") ?? off;
  const budgetTokens =
    optionalCount(reasoning?.["max_tokens"], "reasoning.max_tokens") ??
    optionalCount(thinking?.["budget_tokens"], "thinking.budget_tokens");
  const exclude = optionalFlag(reasoning?.["exclude"], "reasoning.exclude");
  const isHidden = exclude === true;
  // With these members, unlike with OpenAI's own, the thinking is shown.
  const isShown = !isHidden && wanted !== "none" && (on || reasoning !== undefined);
  const isAdaptive = on && wanted === undefined && budgetTokens === undefined;
  if (wanted === undefined && budgetTokens === undefined && !isAdaptive && !isHidden) return undefined;
  return {
    ...(wanted !== undefined && { effort: wanted }),
    ...(budgetTokens !== undefined && { budgetTokens }),
    ...(isAdaptive && { isAdaptive }),
    ...(isHidden && { show: "none" as const }),
    ...(isShown && { show: "auto" as const }),
    ...(isShown && exclude === undefined && { isShownByDefault: true as const }),
  };
}
