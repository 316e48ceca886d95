import type { ChatRequest } from "../canonical/chat-request.ts";

/**
 * Name of the tool that stands in for a structured answer where a vendor has none: the model is made to call it, and
 * its arguments become the answer's text. Reserved: a caller's tool of that name is refused.
 */
export const answerToolName = "latchkey_answer";

/** What the model is told about it. */
export const answerToolDescription =
  "Gives the final answer. Call it once, with the whole answer, instead of writing text.";

/** What a model is told that cannot be made to call it. */
export const answerToolWish = `Give your final answer by calling the tool ${answerToolName}, never as text.`;

/** Named to the caller then: the answer has the form by the model's good will, as a half sentence. */
export const answerToolWished = "is asked for in words, since this model cannot be made to call a tool";

/** The part that its call becomes. See `emulation/only-answer.ts` for what becomes of the texts beside it. */
export const answerPart = { type: "text", isAnswer: true } as const;

/**
 * Whether the model has to call a tool of the caller's in this turn. Then there is no answer to be formed yet, and the
 * answer's tool would only be a way around the caller's.
 */
export function mustCallOwnTool({ tools = [], toolChoice }: ChatRequest): boolean {
  return tools.length > 0 && (toolChoice?.type === "required" || toolChoice?.type === "tool");
}
