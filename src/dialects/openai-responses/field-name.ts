import type { ChatRequestField } from "../../canonical/chat-request.ts";

const NAMES: Readonly<Record<ChatRequestField, string>> = {
  messages: "input",
  tools: "tools",
  toolChoice: "tool_choice",
  parallelToolCalls: "parallel_tool_calls",
  maxOutputTokens: "max_output_tokens",
  temperature: "temperature",
  topP: "top_p",
  topK: "top_k",
  minP: "min_p",
  frequencyPenalty: "frequency_penalty",
  presencePenalty: "presence_penalty",
  repetitionPenalty: "repetition_penalty",
  seed: "seed",
  stop: "stop",
  choices: "n",
  logprobs: "top_logprobs",
  logitBias: "logit_bias",
  responseFormat: "text.format",
  reasoning: "reasoning",
  verbosity: "text.verbosity",
  modalities: "modalities",
  speech: "audio",
  safety: "safety_settings",
  serviceTier: "service_tier",
  endUser: "safety_identifier",
  metadata: "metadata",
  promptCacheKey: "prompt_cache_key",
  store: "store",
};

/** Where a member of the canonical request stands in this dialect. */
export function fieldName(field: ChatRequestField): string {
  return NAMES[field];
}
