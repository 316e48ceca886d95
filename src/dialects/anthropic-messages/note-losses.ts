import type { ChatRequest, ChatRequestField } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";

/** A seed is a best effort at the same answer again, wherever it is known: any answer is one to what was asked. */
const HARMLESS: readonly ChatRequestField[] = [
  "metadata",
  "promptCacheKey",
  "store",
  "verbosity",
  "safety",
  "seed",
];
const UNKNOWN: readonly ChatRequestField[] = ["logprobs", "speech"];
/** Members that Anthropic has no words for, with the value at which they ask for nothing. */
const NEUTRAL: readonly (readonly [field: ChatRequestField, value: number])[] = [
  ["frequencyPenalty", 0],
  ["presencePenalty", 0],
  ["repetitionPenalty", 1],
  ["minP", 0],
];

/** Names what a request asks for and Anthropic cannot be told. */
export function noteLosses(request: ChatRequest, losses: Loss[]): void {
  const reason = "has no counterpart in Anthropic";
  const lose = (field: ChatRequestField, isHarmless = false): void =>
    void losses.push({ path: { field }, isHarmless, reason });
  for (const field of HARMLESS) if (request[field] !== undefined) lose(field, true);
  for (const field of UNKNOWN) if (request[field] !== undefined) lose(field);
  for (const [field, neutral] of NEUTRAL) {
    const value = request[field];
    if (value !== undefined && value !== neutral) lose(field);
  }
  if (Object.keys(request.logitBias ?? {}).length > 0) lose("logitBias");
  if (request.choices !== undefined && request.choices > 1) lose("choices");
  if (request.modalities?.some((modality) => modality !== "text") === true) lose("modalities");
}
