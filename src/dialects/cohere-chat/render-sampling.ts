import type { ChatRequest, ChatRequestField } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";

/**
 * How tokens are chosen. Cohere's ranges are narrower than others': what lies just outside is drawn to the border,
 * which no answer shows; a penalty of the other sign would be something else and is refused.
 * Wire format: https://docs.cohere.com/v2/reference/chat (`temperature`, `p`, `k`, `seed`, penalties)
 */
export function renderSampling(request: ChatRequest, losses: Loss[]): JsonObject {
  const { temperature, topP, topK, seed } = request;
  return {
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { p: within("topP", topP, 0.01, 0.99, losses) }),
    ...(topK !== undefined && { k: within("topK", topK, 0, 500, losses) }),
    ...(seed !== undefined && { seed }),
    ...penalty("frequency_penalty", "frequencyPenalty", request, losses),
    ...penalty("presence_penalty", "presencePenalty", request, losses),
  };
}

function within(field: ChatRequestField, value: number, least: number, most: number, losses: Loss[]): number {
  const nearest = Math.min(most, Math.max(least, value));
  if (nearest !== value)
    losses.push({
      path: { field },
      isHarmless: true,
      isChanged: true,
      reason: `is ${nearest} for Cohere, which ends there`,
    });
  return nearest;
}

function penalty(
  name: string,
  field: "frequencyPenalty" | "presencePenalty",
  request: ChatRequest,
  losses: Loss[],
): JsonObject {
  const value = request[field];
  if (value === undefined) return {};
  if (value < 0 || value > 1)
    losses.push({ path: { field }, isHarmless: false, reason: "has to be between 0 and 1 for Cohere" });
  return { [name]: value };
}
