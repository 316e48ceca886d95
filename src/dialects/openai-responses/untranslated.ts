import type { Loss } from "../../canonical/loss.ts";
import type { Json, JsonObject } from "../../kernel/json.ts";

/** Members of a request that have a canonical form. */
const KNOWN = new Set([
  "model",
  "input",
  "instructions",
  "tools",
  "tool_choice",
  "parallel_tool_calls",
  "max_output_tokens",
  "temperature",
  "top_p",
  "top_logprobs",
  "include",
  "text",
  "reasoning",
  "service_tier",
  "safety_identifier",
  "user",
  "metadata",
  "prompt_cache_key",
  "store",
  "stream",
  "previous_response_id",
]);

/** Members without one that change nothing about what the answer is. */
const HARMLESS = new Set([
  "client_metadata",
  "context_management",
  "max_tool_calls",
  "prompt_cache_options",
  "prompt_cache_retention",
  "stream_options",
  "truncation",
]);

/** What of them asks for nothing. */
const NOTHING: Readonly<Record<string, Json>> = { truncation: "disabled", background: false };

/** What is included in the answer in any case, or has a canonical form. */
const INCLUDED: readonly Json[] = ["reasoning.encrypted_content", "message.output_text.logprobs"];

/**
 * Names what only OpenAI itself can be told. Members that are unknown count as such: OpenAI refuses them as well.
 * Wire format: https://platform.openai.com/docs/api-reference/responses/create
 */
export function noteUntranslated(body: JsonObject, losses: Loss[]): void {
  for (const [name, value] of Object.entries(body)) {
    if (value === undefined || value === null || KNOWN.has(name) || isNothing(name, value)) continue;
    const reason = "can be told to OpenAI's Responses API only";
    losses.push({ path: name, isHarmless: HARMLESS.has(name), reason });
  }
  const include: readonly Json[] = Array.isArray(body["include"]) ? body["include"] : [];
  for (const [index, value] of include.entries()) {
    if (INCLUDED.includes(value)) continue;
    const reason = "is about steps of OpenAI's own tools";
    losses.push({ path: `include[${index}]`, isHarmless: true, reason });
  }
}

function isNothing(name: string, value: Json): boolean {
  return Object.hasOwn(NOTHING, name) && NOTHING[name] === value;
}
