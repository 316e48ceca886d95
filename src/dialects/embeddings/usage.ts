import type { Usage } from "../../canonical/usage.ts";
import { isJsonObject } from "../../kernel/json.ts";

/** Usage of a call that only reads. */
export function inputUsage(input: number, imageInput = 0): Usage {
  return {
    input,
    output: 0,
    cacheRead: 0,
    cacheWrite: 0,
    reasoning: 0,
    ...(imageInput > 0 && { imageInput }),
  };
}

/**
 * Usage in OpenAI's words, which most vendors use: `prompt_tokens`, or `total_tokens` alone; `undefined` where there
 * is none.
 */
export function readTokenUsage(usage: unknown): Usage | undefined {
  if (!isJsonObject(usage)) return undefined;
  const input = count(usage["prompt_tokens"]) ?? count(usage["total_tokens"]);
  return input === undefined ? undefined : inputUsage(input);
}

/** A count of tokens; `undefined` where it is none. */
export function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
