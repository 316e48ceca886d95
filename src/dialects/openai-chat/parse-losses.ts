import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";

/** Members that the canonical form has a place for. */
const KNOWN: ReadonlySet<string> = new Set([
  "model",
  "messages",
  "stream",
  "stream_options",
  "tools",
  "functions",
  "tool_choice",
  "function_call",
  "parallel_tool_calls",
  "max_completion_tokens",
  "max_tokens",
  "temperature",
  "top_p",
  "top_k",
  "min_p",
  "frequency_penalty",
  "presence_penalty",
  "repetition_penalty",
  "seed",
  "stop",
  "n",
  "logprobs",
  "top_logprobs",
  "logit_bias",
  "response_format",
  "reasoning_effort",
  "reasoning",
  "thinking",
  "verbosity",
  "modalities",
  "audio",
  "service_tier",
  "safety_identifier",
  "user",
  "metadata",
  "prompt_cache_key",
  "store",
]);

/** Members that make answers faster or cheaper and no different. */
const HARMLESS: ReadonlySet<string> = new Set([
  "prediction",
  "prompt_cache_retention",
  "prompt_cache_options",
]);

/** Notes what only a target of the same dialect could be told. */
export function noteLosses(body: JsonObject, losses: Loss[]): void {
  for (const name of Object.keys(body)) {
    const value = body[name];
    if (KNOWN.has(name) || value === undefined || value === null) continue;
    const isHarmless = HARMLESS.has(name);
    losses.push({ path: name, isHarmless, reason: "has no counterpart for this model's provider" });
  }
}
