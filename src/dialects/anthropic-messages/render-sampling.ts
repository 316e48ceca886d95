import type { ChatRequest, ChatRequestField } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { AnthropicQuirks } from "./quirks.ts";

/** The hottest that Anthropic goes, and its default; others go to 2. */
const MAX_TEMPERATURE = 1;
/** The least `top_p` that goes with thinking. */
const MIN_TOP_P = 0.95;

/**
 * Renders how words are drawn. What a model does not take, or not with thinking, is left out: the answer is drawn
 * otherwise, but it is an answer to what was asked.
 * Sources: https://docs.anthropic.com/en/api/messages and
 * https://platform.claude.com/docs/en/build-with-claude/extended-thinking
 */
export function renderSampling(
  { temperature, topP, topK }: ChatRequest,
  quirks: AnthropicQuirks,
  isThinking: boolean,
  losses: Loss[],
): JsonObject {
  const lose = (field: ChatRequestField, reason: string): void =>
    void losses.push({ path: { field }, isHarmless: true, reason });
  const why = quirks.hasSampling
    ? "does not go with thinking for Anthropic"
    : "cannot be told to this model of Anthropic";
  const body: Record<string, number> = {};
  if (temperature !== undefined) {
    if (quirks.hasSampling && !isThinking) {
      if (temperature > MAX_TEMPERATURE) {
        const reason = "is 1 at most for Anthropic";
        losses.push({ path: { field: "temperature" }, isHarmless: true, isChanged: true, reason });
      }
      body["temperature"] = Math.min(temperature, MAX_TEMPERATURE);
    } else if (temperature !== MAX_TEMPERATURE) lose("temperature", why);
  }
  if (topP !== undefined) {
    const isTaken = quirks.hasSampling && (!isThinking || topP >= MIN_TOP_P);
    if (isTaken && (quirks.hasJointSampling || body["temperature"] === undefined)) body["top_p"] = topP;
    else if (topP !== 1) lose("topP", isTaken ? "does not go with a temperature for Anthropic" : why);
  }
  if (topK !== undefined) {
    if (quirks.hasSampling && !isThinking) body["top_k"] = topK;
    else lose("topK", why);
  }
  return body;
}
