import type { ChatRequest, ReasoningEffort, ReasoningOptions } from "../../canonical/chat-request.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { RenderContext } from "./render-context.ts";

const LADDER: readonly ReasoningEffort[] = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

/** Tokens for thinking up to which an effort is meant, where only efforts can be told. */
const BUDGETS: readonly (readonly [tokens: number, effort: ReasoningEffort])[] = [
  [0, "none"],
  [2_048, "low"],
  [8_192, "medium"],
  [32_768, "high"],
  [Infinity, "max"],
];

/**
 * Wishes about thinking, in the vendor's words.
 * @param isForced whether the model has to use a tool
 * Wire formats: https://platform.openai.com/docs/api-reference/chat/create (`reasoning_effort`),
 * https://api-docs.deepseek.com/guides/thinking_mode (`thinking`), https://help.aliyun.com/en/model-studio/deep-thinking
 * (`enable_thinking`), https://openrouter.ai/docs/use-cases/reasoning-tokens (`reasoning`),
 * https://docs.vllm.ai/en/latest/features/reasoning_outputs.html (`chat_template_kwargs`)
 */
export function renderReasoning(
  { reasoning }: ChatRequest,
  isForced: boolean,
  context: RenderContext,
): JsonObject {
  const { quirks, lacks, loseField, changeField } = context;
  if (quirks.forcingEndsThinking && isForced) {
    const isAskedFor = reasoning !== undefined && effortOf(reasoning) !== "none";
    if (isAskedFor) changeField("reasoning", "ends where this provider's models are made to use a tool");
    return controlled(false, undefined, undefined, context);
  }
  if (reasoning === undefined) return {};
  const effort = effortOf(reasoning);
  if (lacks.has("reasoning") || quirks.thinkingControl === "none") {
    const isAskedFor = effort !== "none" && (effort ?? reasoning.isAdaptive) !== undefined;
    if (isAskedFor || (effort === undefined && isToBeShown(reasoning)))
      loseField("reasoning", "is not for this model: it thinks as it will", true);
    return {};
  }
  noteBudget(reasoning, context);
  if (quirks.thinkingControl === "reasoning") return renderObject(reasoning);
  // Vendors whose thinking comes back to them show it, asked or not.
  if (effort === undefined && quirks.thinkingControl === "effort" && quirks.thinkingBack === "none") {
    if (isToBeShown(reasoning)) loseField("reasoning", "is not shown by this provider", true);
  }
  return controlled(effort !== "none", told(effort, context), reasoning.budgetTokens, context);
}

/** A number of tokens that is told as a word, or not beside one; none at all is the same as no thinking. */
function noteBudget(
  { effort, budgetTokens }: ReasoningOptions,
  { quirks, changeField }: RenderContext,
): void {
  if (budgetTokens === undefined || (budgetTokens === 0 && effort === undefined)) return;
  const isTold =
    quirks.thinkingControl === "enable_thinking" ||
    (quirks.thinkingControl === "reasoning" && effort === undefined);
  if (!isTold)
    changeField("reasoning", "is told without its number of tokens, which this provider does not take");
}

function isToBeShown({ show }: ReasoningOptions): boolean {
  return show !== undefined && show !== "none";
}

/** Thinking on or off, and how much of it. */
function controlled(
  isOn: boolean,
  effort: string | undefined,
  budget: number | undefined,
  { quirks }: RenderContext,
): JsonObject {
  const named = effort !== undefined && { reasoning_effort: effort };
  switch (quirks.thinkingControl) {
    case "thinking":
      return { thinking: { type: isOn ? "enabled" : "disabled" } };
    case "thinking+effort":
      return { thinking: { type: isOn ? "enabled" : "disabled" }, ...(isOn && named) };
    case "enable_thinking":
      return { enable_thinking: isOn, ...(isOn && budget !== undefined && { thinking_budget: budget }) };
    case "template":
      return { chat_template_kwargs: { enable_thinking: isOn }, ...(isOn && named) };
    default:
      return { ...named };
  }
}

function effortOf({ effort, budgetTokens }: ReasoningOptions): ReasoningEffort | undefined {
  if (effort !== undefined || budgetTokens === undefined) return effort;
  return BUDGETS.find(([tokens]) => budgetTokens <= tokens)?.[1];
}

/** The effort, or the nearest one that the vendor knows. */
function told(effort: ReasoningEffort | undefined, { quirks }: RenderContext): string | undefined {
  if (effort === undefined || quirks.efforts === undefined || quirks.efforts.includes(effort)) return effort;
  const wanted = LADDER.indexOf(effort);
  const rank = (word: string): number => LADDER.indexOf(word as ReasoningEffort);
  const distance = (word: string): number => Math.abs(rank(word) - wanted);
  // Between two that are as near, more thinking is the safer one.
  return quirks.efforts.toSorted((a, b) => distance(a) - distance(b) || rank(b) - rank(a))[0];
}

function renderObject({ effort, budgetTokens, show }: ReasoningOptions): JsonObject {
  const reasoning = {
    ...(budgetTokens !== undefined && effort === undefined && { max_tokens: budgetTokens }),
    ...(effort !== undefined && { effort }),
    ...(effort === undefined && budgetTokens === undefined && { enabled: true }),
    ...(show === "none" && { exclude: true }),
  };
  return { reasoning };
}
