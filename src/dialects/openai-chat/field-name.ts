import type { ChatRequestField } from "../../canonical/chat-request.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { writtenName } from "../written-name.ts";

/** The newer names first, which override the older ones. */
const NAMES: Readonly<Record<ChatRequestField, readonly [string, ...string[]]>> = {
  messages: ["messages"],
  tools: ["tools", "functions"],
  toolChoice: ["tool_choice", "function_call"],
  parallelToolCalls: ["parallel_tool_calls"],
  maxOutputTokens: ["max_completion_tokens", "max_tokens"],
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
  logprobs: ["logprobs"],
  logitBias: ["logit_bias"],
  responseFormat: ["response_format"],
  reasoning: ["reasoning_effort", "reasoning", "thinking"],
  verbosity: ["verbosity"],
  modalities: ["modalities"],
  speech: ["audio"],
  safety: ["safety_settings"],
  serviceTier: ["service_tier"],
  endUser: ["safety_identifier", "user"],
  metadata: ["metadata"],
  promptCacheKey: ["prompt_cache_key"],
  store: ["store"],
};

/** Where a member of the canonical request stands in Chat Completions. */
export function fieldName(field: ChatRequestField, body: JsonObject): string {
  return writtenName(NAMES[field], body);
}
