import type { AssistantPart, ReasoningPart, TextPart } from "../../canonical/content.ts";
import { standsLike } from "../origins.ts";

/**
 * Puts together what a stream has cut into pieces: words and thoughts that follow each other and carry no seal.
 * Gemini's own seals end a part and stay where they are. Those of other vendors belong to all of the thinking, or
 * all of the text, before them, which those vendors want back as one.
 */
export function joinPieces(parts: readonly AssistantPart[]): readonly AssistantPart[] {
  const joined: AssistantPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    const both = last === undefined ? undefined : join(last, part);
    if (last === undefined || both === undefined) joined.push(part);
    else joined[joined.length - 1] = standsLike(both, last);
  }
  return joined;
}

function join(last: AssistantPart, part: AssistantPart): AssistantPart | undefined {
  if (last.type === "text" && part.type === "text") {
    if (last.signature !== undefined) return undefined;
    if (part.signature === undefined) return { ...last, text: last.text + part.text };
    return isForeignEnd(part) ? { ...last, signature: part.signature } : undefined;
  }
  if (last.type !== "reasoning" || part.type !== "reasoning") return undefined;
  if (last.signature !== undefined || last.redacted !== undefined || part.redacted !== undefined)
    return undefined;
  if (part.signature === undefined) return { ...last, text: last.text + part.text };
  return isForeignEnd(part) ? { ...part, text: last.text } : undefined;
}

/** Whether a part says nothing and only seals what stands before it, as another vendor has. */
function isForeignEnd({ text, signature }: TextPart | ReasoningPart): boolean {
  return text === "" && signature !== undefined && signature.dialect !== "gemini";
}
