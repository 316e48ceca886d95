import type { ChatRequestField } from "../../canonical/chat-request.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { writtenName } from "../written-name.ts";

const NAMES: Readonly<Record<ChatRequestField, readonly [string, ...string[]]>> = {
  messages: ["input", "instructions"],
  tools: ["tools"],
  toolChoice: ["tool_choice"],
  parallelToolCalls: ["parallel_tool_calls"],
  maxOutputTokens: ["max_output_tokens"],
  temperature: ["temperature"],
  topP: ["top_p"],
  topK: ["top_k"],
  minP: ["min_p"],
  frequencyPenalty: ["frequency_penalty"],
  presencePenalty: ["presence_penalty"],
  repetitionPenalty: ["repetition_penalty"],
  seed: ["seed"],
  stop: ["stop"],
  choices: ["n"],
  logprobs: ["top_logprobs", "include"],
  logitBias: ["logit_bias"],
  responseFormat: ["text.format"],
  reasoning: ["reasoning"],
  verbosity: ["text.verbosity"],
  modalities: ["modalities"],
  speech: ["audio"],
  safety: ["safety_settings"],
  serviceTier: ["service_tier"],
  endUser: ["safety_identifier", "user"],
  metadata: ["metadata"],
  promptCacheKey: ["prompt_cache_key"],
  store: ["store"],
};

/** Where a member of the canonical request stands in this dialect. */
export function fieldName(field: ChatRequestField, body: JsonObject): string {
  return writtenName(NAMES[field], body);
}
