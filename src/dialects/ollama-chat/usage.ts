import type { Usage } from "../../canonical/usage.ts";
import type { JsonObject } from "../../kernel/json.ts";

/**
 * Usage of a whole answer or of a stream's last line; `undefined` where it has none. A prompt that was in Ollama's
 * own cache is not counted at all by some versions: its count is 0 or absent then.
 * Wire format: https://docs.ollama.com/api/usage (`prompt_eval_count`, `eval_count`)
 */
export function readUsage(answer: JsonObject): Usage | undefined {
  const input = count(answer["prompt_eval_count"]);
  const output = count(answer["eval_count"]);
  if (input === undefined && output === undefined) return undefined;
  return { input: input ?? 0, output: output ?? 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 };
}

function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
