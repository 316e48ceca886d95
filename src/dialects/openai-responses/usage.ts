import type { Usage } from "../../canonical/usage.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

/**
 * Usage of an answer; `undefined` where it has none or its counts are not whole numbers. Input includes cached
 * tokens, output includes reasoning. Some vendors count more tokens in their cache than the input has; no more than those
 * are believed.
 * Wire format: https://platform.openai.com/docs/api-reference/responses/object (`usage`)
 */
export function readUsage(usage: unknown): Usage | undefined {
  if (!isJsonObject(usage)) return undefined;
  const input = count(usage["input_tokens"]);
  if (input === undefined) return undefined;
  const { input_tokens_details: read, output_tokens_details: written } = usage;
  const cacheRead = Math.min(input, detail(read, "cached_tokens"));
  return {
    input,
    output: count(usage["output_tokens"]) ?? 0,
    cacheRead,
    cacheWrite: Math.min(input - cacheRead, detail(read, "cache_write_tokens")),
    reasoning: detail(written, "reasoning_tokens"),
  };
}

/** Usage in this dialect's words. */
export function renderUsage({ input, output, cacheRead, cacheWrite, reasoning }: Usage): JsonObject {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cacheRead, cache_write_tokens: cacheWrite },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  };
}

/** More than any call can use; beyond, a count is a mistake and a cost made of it would be one. */
const MAX_TOKENS = 1_000_000_000_000;

function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_TOKENS
    ? value
    : undefined;
}

function detail(details: unknown, name: string): number {
  return (isJsonObject(details) ? count(details[name]) : undefined) ?? 0;
}
