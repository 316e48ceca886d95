import type { ChatChoice, ChatResponse } from "../../canonical/chat-response.ts";
import type { FinishReason } from "../../canonical/finish-reason.ts";
import { argumentsObject } from "../call-arguments.ts";

/** Reasons that tell the caller that the answer is not whole, so that a call may be missing from its end. */
const CUT: ReadonlySet<FinishReason> = new Set<FinishReason>([
  "length",
  "context-length",
  "content-filter",
  "refusal",
  "pause",
  "error",
]);

/**
 * Why a whole answer cannot be told; `undefined` where it can. Inputs of tools are objects there: words of the model
 * that are none have no place, and an object made of them would be run as if the model had asked for it.
 */
export function cannotTell({ choices }: ChatResponse): string | undefined {
  const [choice] = choices;
  if (choice === undefined || CUT.has(choice.finishReason) || !hasBrokenCall(choice)) return undefined;
  return "the arguments of a tool call are no JSON object";
}

function hasBrokenCall({ content }: ChatChoice): boolean {
  return content.some((part) => part.type === "tool-call" && argumentsObject(part.arguments) === undefined);
}
