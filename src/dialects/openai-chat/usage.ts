import type { Usage } from "../../canonical/usage.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

/**
 * Usage from the `usage` object of a completion or of a stream's last chunk; `undefined` where it has none or
 * its counts are not whole numbers. Some vendors keep thinking out of `completion_tokens`, and only the total tells; some
 * count more tokens in their cache than the prompt has, of which no more than the prompt are believed.
 * Wire format: https://platform.openai.com/docs/api-reference/chat/object (`usage`); cached tokens stand elsewhere in
 * https://api-docs.deepseek.com/guides/kv_cache and https://platform.moonshot.ai/docs/api/chat
 */
export function readChatUsage(usage: unknown): Usage | undefined {
  if (!isJsonObject(usage)) return undefined;
  const input = count(usage["prompt_tokens"]);
  if (input === undefined) return undefined;
  const prompt = details(usage["prompt_tokens_details"]);
  const completion = details(usage["completion_tokens_details"]);
  const output = count(usage["completion_tokens"]) ?? 0;
  const reasoning = count(completion?.["reasoning_tokens"] ?? usage["reasoning_tokens"]) ?? 0;
  const apart = Math.max(0, (count(usage["total_tokens"]) ?? 0) - input - output);
  const uncounted = reasoning === 0 || apart === reasoning ? apart : 0;
  const audioInput = count(prompt?.["audio_tokens"]) ?? 0;
  const audioOutput = count(completion?.["audio_tokens"]) ?? 0;
  const imageInput = count(prompt?.["image_tokens"]) ?? 0;
  const imageOutput = count(completion?.["image_tokens"]) ?? 0;
  const cacheRead = Math.min(input, cachedTokens(usage, prompt));
  const written = count(prompt?.["cache_write_tokens"] ?? prompt?.["cache_creation_input_tokens"]) ?? 0;
  const common = {
    input,
    output: output + uncounted,
    cacheRead,
    cacheWrite: Math.min(input - cacheRead, written),
    reasoning: reasoning === 0 ? uncounted : reasoning,
  };
  // Most answers hold texts alone: spared what the rest costs.
  if (audioInput + audioOutput + imageInput + imageOutput === 0) return common;
  return {
    ...common,
    ...(audioInput > 0 && { audioInput }),
    ...(audioOutput > 0 && { audioOutput }),
    ...(imageInput > 0 && { imageInput }),
    ...(imageOutput > 0 && { imageOutput }),
  };
}

type Members = Readonly<Record<string, unknown>>;

function cachedTokens(usage: Members, prompt: Members | undefined): number {
  return (
    count(prompt?.["cached_tokens"]) ??
    count(usage["cached_tokens"]) ??
    count(usage["prompt_cache_hit_tokens"]) ??
    count(usage["num_cached_tokens"]) ??
    0
  );
}

function details(value: unknown): Members | undefined {
  return isJsonObject(value) ? value : undefined;
}

/** More than any call can use; beyond, a count is a mistake and a cost made of it would be one. */
const MAX_TOKENS = 1_000_000_000_000;

function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_TOKENS
    ? value
    : undefined;
}

/** Usage for a caller: a completion's `usage`. */
export function renderUsage(usage: Usage): JsonObject {
  const { input, output, cacheRead, cacheWrite, reasoning } = usage;
  const { audioInput = 0, audioOutput = 0, imageInput = 0, imageOutput = 0 } = usage;
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: {
      cached_tokens: cacheRead,
      ...(cacheWrite > 0 && { cache_write_tokens: cacheWrite }),
      audio_tokens: audioInput,
      ...(imageInput > 0 && { image_tokens: imageInput }),
    },
    completion_tokens_details: {
      reasoning_tokens: reasoning,
      audio_tokens: audioOutput,
      ...(imageOutput > 0 && { image_tokens: imageOutput }),
    },
  };
}
