import type { Usage } from "../../canonical/usage.ts";
import { isJsonObject } from "../../kernel/json.ts";

/**
 * Usage of an answer; `undefined` where it has none. `tokens` is what the model has read and written, with the
 * instructions that Cohere adds: that is the usage. `billed_units` is what is charged, often much less. Tokens of
 * pictures are counted beside `input_tokens`.
 * Wire format: https://docs.cohere.com/v2/reference/chat (`usage`)
 */
export function readUsage(usage: unknown): Usage | undefined {
  if (!isJsonObject(usage)) return undefined;
  const billed = countsOf(usage["billed_units"]);
  const counted = countsOf(usage["tokens"]) ?? billed;
  if (counted === undefined) return undefined;
  const { image, reasoning } = counted;
  return {
    input: counted.input + image,
    output: counted.output,
    cacheRead: Math.min(count(usage["cached_tokens"]) ?? 0, counted.input + image),
    cacheWrite: 0,
    reasoning,
    ...(image > 0 && { imageInput: image }),
    ...(billed !== undefined && { billed: { input: billed.input, output: billed.output } }),
  };
}

interface Counts {
  readonly input: number;
  readonly output: number;
  readonly image: number;
  readonly reasoning: number;
}

function countsOf(value: unknown): Counts | undefined {
  if (!isJsonObject(value)) return undefined;
  const input = count(value["input_tokens"]);
  const output = count(value["output_tokens"]);
  if (input === undefined && output === undefined) return undefined;
  return {
    input: input ?? 0,
    output: output ?? 0,
    image: count(value["image_tokens"]) ?? 0,
    reasoning: count(value["reasoning_tokens"]) ?? 0,
  };
}

function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
