import type { Usage } from "../../canonical/usage.ts";
import { isJsonObject } from "../../kernel/json.ts";

/**
 * Usage from the `usage` object of a completion or of a stream's last chunk; `undefined` where it has none or
 * its counts are not whole numbers.
 * Wire format: https://platform.openai.com/docs/api-reference/chat/object (`usage`)
 */
export function readChatUsage(usage: unknown): Usage | undefined {
  if (!isJsonObject(usage)) return undefined;
  const input = count(usage["prompt_tokens"]);
  const output = count(usage["completion_tokens"]) ?? 0;
  if (input === undefined) return undefined;
  const prompt = usage["prompt_tokens_details"];
  const completion = usage["completion_tokens_details"];
  return {
    input,
    output,
    cacheRead: (isJsonObject(prompt) ? count(prompt["cached_tokens"]) : undefined) ?? 0,
    cacheWrite: 0,
    reasoning: (isJsonObject(completion) ? count(completion["reasoning_tokens"]) : undefined) ?? 0,
  };
}

/** More than any call can use; beyond, a count is a mistake and a cost made of it would be one. */
const MAX_TOKENS = 1_000_000_000_000;

function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_TOKENS
    ? value
    : undefined;
}
