import type { ChatResponse } from "../../canonical/chat-response.ts";
import type { FinishReason } from "../../canonical/finish-reason.ts";

/** The parts of an answer's first choice that an endpoint needs. */
export interface AnswerText {
  readonly text: string;
  readonly finishReason: FinishReason;
  /** What the model said when it refused to answer. */
  readonly refusal: string | null;
}

/** Reads an answer's first choice; `undefined` where it has none. */
export function readAnswerText({ choices }: ChatResponse): AnswerText | undefined {
  const [choice] = choices;
  if (choice === undefined) return undefined;
  let text = "";
  let refusal: string | null = null;
  for (const part of choice.content) {
    if (part.type === "text") text += part.text;
    else if (part.type === "refusal" && part.text !== "") refusal = (refusal ?? "") + part.text;
  }
  return { text, refusal, finishReason: choice.finishReason };
}
