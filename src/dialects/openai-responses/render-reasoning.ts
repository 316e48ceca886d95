import type { ChatRequest, ReasoningEffort, ReasoningOptions } from "../../canonical/chat-request.ts";
import type { ReasoningPart } from "../../canonical/content.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { TargetTraits } from "../dialect.ts";
import type { ResponsesQuirks } from "./quirks.ts";

/** Budgets up to which a word stands for them. */
const EFFORTS: readonly (readonly [budget: number, effort: ReasoningEffort])[] = [
  [0, "none"],
  [1_024, "minimal"],
  [4_096, "low"],
  [12_288, "medium"],
];

/** `reasoning` of a request. Wire format: https://platform.openai.com/docs/api-reference/responses/create (`reasoning`) */
export function renderReasoning(
  { reasoning }: ChatRequest,
  { lacks = [] }: TargetTraits,
  losses: Loss[],
): JsonObject | undefined {
  if (reasoning === undefined) return undefined;
  const { budgetTokens } = reasoning;
  if (lacks.includes("reasoning")) {
    if (reasoning.effort !== "none" && budgetTokens !== 0)
      losses.push({ path: { field: "reasoning" }, isHarmless: true, reason: "is not for this model" });
    return undefined;
  }
  if (budgetTokens !== undefined && reasoning.effort === undefined) {
    const reason = "is told as an effort: OpenAI's Responses API takes no number of tokens";
    losses.push({ path: { field: "reasoning" }, isHarmless: true, isChanged: true, reason });
  }
  if (reasoning.isShownByDefault === true) {
    // OpenAI refuses summaries to organisations that it does not know, so nobody is to ask for them by accident.
    const reason = "is shown by OpenAI's Responses API only where the caller asks for it";
    losses.push({ path: { field: "reasoning" }, isHarmless: true, isChanged: true, reason });
  }
  const { isShownByDefault, show, ...rest } = reasoning;
  const rendered = reasoningOptions(
    isShownByDefault === true || show === undefined ? rest : { ...rest, show },
  );
  return Object.keys(rendered).length === 0 ? undefined : rendered;
}

/** Wishes about thinking in this dialect's words. */
export function reasoningOptions({ effort, budgetTokens, show }: ReasoningOptions): JsonObject {
  const wanted = effort ?? (budgetTokens === undefined ? undefined : effortFor(budgetTokens));
  // Only summaries can be had: the fullest one stands for all of it.
  const summary = show === "none" ? undefined : show === "full" ? "detailed" : show;
  return {
    ...(wanted !== undefined && { effort: wanted }),
    ...(summary !== undefined && { summary }),
  };
}

function effortFor(budget: number): ReasoningEffort {
  return EFFORTS.find(([most]) => budget <= most)?.[1] ?? "high";
}

/**
 * Whether to ask for the sealed thinking of the answer, so that it can travel back. Models that do not think refuse
 * the question, so where nothing is known of the model it is asked only of those that were told to think.
 */
export function asksForSealedReasoning(
  request: ChatRequest,
  { lacks }: TargetTraits,
  { encryptedReasoning }: ResponsesQuirks,
): boolean {
  if (encryptedReasoning !== undefined) return encryptedReasoning;
  if (lacks !== undefined) return !lacks.includes("reasoning");
  return (
    (request.reasoning !== undefined && request.reasoning.effort !== "none") ||
    request.messages.some(
      ({ role, content }) =>
        role === "assistant" &&
        content.some((part) => part.type === "reasoning" && sealedOf(part) !== undefined),
    )
  );
}

/** What this dialect has sealed in a part, as `encrypted_content`. */
export function sealedOf({ signature, redacted }: ReasoningPart): string | undefined {
  if (redacted?.dialect === "openai-responses") return redacted.value;
  return signature?.dialect === "openai-responses" ? signature.value : undefined;
}

/** Whether a part of thinking goes on the item of the part before it. */
export function isSameItem(before: ReasoningPart | undefined, part: ReasoningPart): boolean {
  return before?.id !== undefined && before.id === part.id;
}

/**
 * An item of thinking out of the parts that belong to it.
 * Wire format: https://platform.openai.com/docs/api-reference/responses/object (`output`, reasoning)
 */
export function reasoningItem(
  parts: readonly ReasoningPart[],
  id: string | undefined,
  encrypted: string | undefined,
  isSummary: (part: ReasoningPart) => boolean = (part) => part.isSummary === true,
): JsonObject {
  const shown = parts.filter(({ text }) => text !== "");
  const content = shown
    .filter((part) => !isSummary(part))
    .map(({ text }) => ({ type: "reasoning_text", text }));
  return {
    type: "reasoning",
    ...(id !== undefined && { id }),
    summary: shown.filter(isSummary).map(({ text }) => ({ type: "summary_text", text })),
    ...(content.length > 0 && { content }),
    ...(encrypted !== undefined && { encrypted_content: encrypted }),
  };
}
