import { noTokens, type Usage } from "../../canonical/usage.ts";
import { lastIndexOfText, latin1 } from "../../kernel/bytes.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";

/** More than any call can use; beyond, a count is a mistake and a cost made of it would be one. */
const MAX_COUNT = 1_000_000_000_000;

/**
 * Usage as these APIs of OpenAI and of those who follow it tell it: `{type: "duration", seconds}`, or tokens in and
 * out with the parts of them that are sound or pictures. `undefined` where the value tells neither.
 * Wire formats: https://platform.openai.com/docs/api-reference/images/object,
 * https://platform.openai.com/docs/api-reference/audio/json-object, https://docs.mistral.ai/api/ (`UsageInfo`)
 */
export function readTaskUsage(usage: unknown): Usage | undefined {
  if (!isJsonObject(usage)) return undefined;
  const seconds = amount(usage["seconds"]) ?? amount(usage["prompt_audio_seconds"]);
  const input = count(usage["input_tokens"]) ?? count(usage["prompt_tokens"]);
  const output = count(usage["output_tokens"]) ?? count(usage["completion_tokens"]);
  const heard = seconds !== undefined && { audioSeconds: seconds };
  if (input === undefined && output === undefined) return heard ? { ...noTokens, ...heard } : undefined;
  const ins = details(usage, "input_tokens_details", "input_token_details", "prompt_tokens_details");
  const outs = details(usage, "output_tokens_details", "output_token_details", "completion_tokens_details");
  return {
    input: input ?? 0,
    output: output ?? 0,
    cacheRead: count(ins["cached_tokens"]) ?? 0,
    cacheWrite: 0,
    reasoning: count(outs["reasoning_tokens"]) ?? 0,
    ...part("audioInput", ins["audio_tokens"]),
    ...part("imageInput", ins["image_tokens"]),
    ...part("audioOutput", outs["audio_tokens"]),
    ...part("imageOutput", outs["image_tokens"]),
    ...heard,
  };
}

/**
 * The `usage` member in the last bytes of an answer that was too large to be held. What follows it has to close one
 * object and no more, which only a member of the answer itself does.
 */
export function usageInTail(tail: Uint8Array): unknown {
  const at = lastIndexOfText(tail, '"usage"');
  const rest = at < 0 ? undefined : tryParseJson(`{${latin1(tail, at, tail.length)}`);
  return isJsonObject(rest) ? rest["usage"] : undefined;
}

/** Tokens in OpenAI's words; `undefined` where none were told. */
export function renderTokens(
  usage: Usage | undefined,
): { input: number; output: number; total: number } | undefined {
  if (usage === undefined || usage.unitsOnly === true) return undefined;
  return { input: usage.input, output: usage.output, total: usage.input + usage.output };
}

/** A whole number that is no mistake. */
export function count(value: unknown): number | undefined {
  const number = amount(value);
  return number !== undefined && Number.isInteger(number) ? number : undefined;
}

/** A number that is no mistake. */
export function amount(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 && value <= MAX_COUNT ? value : undefined;
}

function details(usage: JsonObject, ...names: readonly string[]): JsonObject {
  for (const name of names) {
    const value = usage[name];
    if (isJsonObject(value)) return value as JsonObject;
  }
  return {};
}

function part(
  name: "audioInput" | "audioOutput" | "imageInput" | "imageOutput",
  value: unknown,
): Partial<Usage> {
  const tokens = count(value);
  return tokens === undefined ? {} : { [name]: tokens };
}
