import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { AnswerChange } from "./answer-change.ts";
import { cutResponse } from "./cut-response.ts";
import { CutStream } from "./cut-stream.ts";
import { stopPatterns } from "./stop-matcher.ts";

/** Stop texts that are looked for at most: each costs a step for every character. */
export const maxStopTexts = 64;

/**
 * Stop texts for a vendor that knows none, or not these: the gateway ends the answer's texts at the first of them that
 * comes. Undefined where there are none, or too many.
 * @param lose told in the latter case, of a loss that is not harmless
 */
export function emulateStopTexts(
  { stop, choices = 1 }: Pick<ChatRequest, "stop" | "choices">,
  lose: (reason: string) => void,
): AnswerChange | undefined {
  const patterns = stopPatterns(stop ?? []);
  if (patterns.length === 0) return undefined;
  if (patterns.length > maxStopTexts) {
    lose(`can hold ${maxStopTexts} texts at most where the gateway looks for them itself`);
    return undefined;
  }
  return {
    whole: (response) => cutResponse(response, patterns),
    stream: (emit) => new CutStream(patterns, choices, emit),
  };
}
