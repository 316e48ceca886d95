import type { ChatResponse, TokenLogprob } from "../../canonical/chat-response.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import type { TargetTraits } from "../dialect.ts";
import { unlessMalformed } from "../malformed-call.ts";
import { readError } from "./error.ts";
import { readFinishReason } from "./finish-reason.ts";
import { readLogprobs } from "./logprobs.ts";
import { readOutputItem } from "./output-item.ts";
import { readUsage } from "./usage.ts";

/**
 * A whole answer; `undefined` where the value is none. One that has failed keeps what came before, with the vendor's
 * words as its `error`.
 * Wire format: https://platform.openai.com/docs/api-reference/responses/object
 */
export function parseResponse(answer: JsonObject, traits: TargetTraits): ChatResponse | undefined {
  return unlessMalformed(() => readAnswer(answer, traits));
}

function readAnswer(answer: JsonObject, { upstreamModel }: TargetTraits): ChatResponse | undefined {
  const { id, model, created_at: created, output, error, service_tier: tier } = answer;
  if (!Array.isArray(output)) return undefined;
  const items = output.filter(isJsonObject) as readonly JsonObject[];
  const content = items.flatMap(readOutputItem);
  const logprobs = items.flatMap(logprobsOf);
  const usage = readUsage(answer["usage"]);
  const finishReason = readFinishReason(answer, {
    hasToolCalls: content.some(({ type }) => type === "tool-call"),
    hasRefusal: content.some(({ type }) => type === "refusal"),
  });
  return {
    id: typeof id === "string" ? id : newAnswerId(),
    model: typeof model === "string" ? model : upstreamModel,
    ...(typeof created === "number" && { createdS: Math.floor(created) }),
    choices: [{ index: 0, content, finishReason, ...(logprobs.length > 0 && { logprobs }) }],
    ...(usage !== undefined && { usage }),
    ...(typeof tier === "string" && tier !== "auto" && { serviceTier: tier }),
    ...(isJsonObject(error) && { error: readError(error as JsonObject, 500) }),
  };
}

/** An id for an answer whose server gives none. */
export function newAnswerId(): string {
  return `resp_${crypto.randomUUID().replaceAll("-", "")}`;
}

function logprobsOf({ type, content }: JsonObject): readonly TokenLogprob[] {
  if (type !== "message" || !Array.isArray(content)) return [];
  return content.flatMap((part: Json) => (isJsonObject(part) ? readLogprobs(part["logprobs"]) : []));
}
