import type { ChatRequest } from "../canonical/chat-request.ts";
import type { Loss } from "../canonical/loss.ts";
import type { TargetTraits } from "./dialect.ts";

const FIELDS = ["temperature", "topP"] as const;

/**
 * The request without what a model that draws in its own way refuses. The answer is drawn otherwise, but it is one to
 * what was asked.
 */
export function withoutSampling(
  request: ChatRequest,
  { lacks }: TargetTraits,
  lose: (loss: Loss) => void,
): ChatRequest {
  if (lacks?.includes("sampling") !== true) return request;
  const { temperature: _temperature, topP: _topP, ...rest } = request;
  for (const field of FIELDS) {
    // One is how every model draws unless it is told otherwise.
    if (request[field] === undefined || request[field] === 1) continue;
    lose({ path: { field }, isHarmless: true, reason: "cannot be chosen for this model" });
  }
  return rest;
}
