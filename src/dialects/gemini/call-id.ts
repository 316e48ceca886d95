const PREFIX = "gemini_";
/** Other vendors take ids of 40 characters at most. */
const MAX_BASE = 26;

/**
 * Id of a call to which Gemini gives none: the same whenever the same answer is read.
 * @param answer id of the answer
 * @param index of the call within the answer
 */
export function answerCallId(answer: string, index: number): string {
  return `${PREFIX}${answer.replace(/[^0-9A-Za-z_-]/g, "").slice(-MAX_BASE)}_${index}`;
}

/**
 * Id of a call in a caller's conversation that has none: the same as long as the conversation only grows at its end.
 */
export function conversationCallId(content: number, part: number): string {
  return `${PREFIX}call_${content}_${part}`;
}

/** Whether an id was made here; Gemini does not know such. */
export function isMadeCallId(id: string): boolean {
  return id.startsWith(PREFIX);
}
