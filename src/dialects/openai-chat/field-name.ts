import type { ChatRequestField } from "../../canonical/chat-request.ts";

const NAMES: Readonly<Record<ChatRequestField, string>> = {
  messages: "messages",
  tools: "tools",
  toolChoice: "tool_choice",
  parallelToolCalls: "parallel_tool_calls",
  maxOutputTokens: "max_completion_tokens",
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
  logprobs: "logprobs",
  logitBias: "logit_bias",
  responseFormat: "response_format",
  reasoning: "reasoning_effort",
  verbosity: "verbosity",
  modalities: "modalities",
  speech: "audio",
  safety: "safety_settings",
  serviceTier: "service_tier",
  endUser: "user",
  metadata: "metadata",
  promptCacheKey: "prompt_cache_key",
  store: "store",
};

/** Where a member of the canonical request stands in Chat Completions. */
export function fieldName(field: ChatRequestField): string {
  return NAMES[field];
}
