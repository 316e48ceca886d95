import type { Usage } from "../../canonical/usage.ts";
import { isJsonObject } from "../../kernel/json.ts";

/**
 * Usage of an answer; `undefined` where it has none. `inputTokens` leaves out what was read from or written to the
 * prompt cache.
 * Wire format: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_TokenUsage.html
 */
export function readUsage(usage: unknown): Usage | undefined {
  if (!isJsonObject(usage)) return undefined;
  const input = count(usage["inputTokens"]);
  const output = count(usage["outputTokens"]);
  if (input === undefined || output === undefined) return undefined;
  const cacheRead = count(usage["cacheReadInputTokens"]) ?? 0;
  const cacheWrite = count(usage["cacheWriteInputTokens"]) ?? 0;
  const cacheWriteHour = hourLong(usage["cacheDetails"]);
  return {
    input: input + cacheRead + cacheWrite,
    output,
    cacheRead,
    cacheWrite,
    reasoning: 0,
    ...(cacheWriteHour > 0 && { cacheWriteHour }),
  };
}

function hourLong(details: unknown): number {
  if (!Array.isArray(details)) return 0;
  let sum = 0;
  for (const detail of details as readonly unknown[]) {
    if (isJsonObject(detail) && detail["ttl"] === "1h") sum += count(detail["inputTokens"]) ?? 0;
  }
  return sum;
}

function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
