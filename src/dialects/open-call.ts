import type { JsonObject } from "../kernel/json.ts";

/** Turns of a conversation in a vendor's words, those of one side together. */
export type RenderedTurn = {
  readonly role: string;
  readonly content: readonly JsonObject[];
};

/**
 * Whether Claude's call of tools is being answered and has come back without the thinking that it began with, which
 * callers of other dialects may not have kept. A model with a budget of thinking refuses such a conversation, unless it
 * is not asked to think.
 * Source: https://platform.claude.com/docs/en/build-with-claude/extended-thinking
 */
export function callLacksThinking(
  turns: readonly RenderedTurn[],
  isResult: (block: JsonObject) => boolean,
  isThinking: (block: JsonObject) => boolean,
): boolean {
  const [first] = turns.findLast(({ role }) => role === "assistant")?.content ?? [];
  if (first === undefined || turns.at(-1)?.content.some(isResult) !== true) return false;
  return !isThinking(first);
}

/** Why thinking is left out then, as the end of `is left out, since …`. */
export const lacksThinking = "the model's call of tools has come back without its thinking";
