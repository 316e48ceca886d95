import type { ChatRequest, ChatRequestField } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import { refusesSampling } from "../anthropic-messages/claude-refusals.ts";
import type { TargetTraits } from "../dialect.ts";

/** The least `top_p` that goes with thinking. */
const MIN_TOP_P = 0.95;

/**
 * The request with what its model takes of how words are drawn: nothing where it refuses that, and little where Claude
 * thinks. The answer is drawn otherwise then, but it is an answer to what was asked; what is left out is named.
 * Source: https://platform.claude.com/docs/en/build-with-claude/extended-thinking
 */
export function withSampling(
  request: ChatRequest,
  traits: TargetTraits,
  isThinking: boolean,
  losses: Loss[],
): ChatRequest {
  const isRefused = refusesSampling(traits);
  if (!isRefused && !isThinking) return request;
  const reason = isRefused ? "cannot be chosen for this model" : "does not go with thinking for Claude";
  const { temperature, topP, topK, ...rest } = request;
  const lose = (field: ChatRequestField): void =>
    void losses.push({ path: { field }, isHarmless: true, reason });
  // One is how every model draws unless it is told otherwise.
  if (temperature !== undefined && temperature !== 1) lose("temperature");
  if (topK !== undefined) lose("topK");
  const isTaken = !isRefused && topP !== undefined && topP >= MIN_TOP_P;
  if (topP !== undefined && !isTaken && topP !== 1) lose("topP");
  return isTaken ? { ...rest, topP } : rest;
}
