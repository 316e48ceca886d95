import type { Usage } from "../../canonical/usage.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

/**
 * Usage of an answer; `undefined` where it has none. `input_tokens` leaves out what was read from or written to the
 * prompt cache, the canonical `input` holds it.
 * Wire format: https://docs.anthropic.com/en/api/messages (`usage`)
 */
export function readUsage(usage: unknown): Usage | undefined {
  if (!isJsonObject(usage)) return undefined;
  const input = count(usage["input_tokens"]);
  const output = count(usage["output_tokens"]) ?? 0;
  if (input === undefined) return undefined;
  const creation = usage["cache_creation"];
  const hour = isJsonObject(creation) ? (count(creation["ephemeral_1h_input_tokens"]) ?? 0) : 0;
  const short = isJsonObject(creation) ? (count(creation["ephemeral_5m_input_tokens"]) ?? 0) : 0;
  const cacheRead = count(usage["cache_read_input_tokens"]) ?? 0;
  const cacheWrite = count(usage["cache_creation_input_tokens"]) ?? hour + short;
  const details = usage["output_tokens_details"];
  return {
    input: input + cacheRead + cacheWrite,
    output,
    cacheRead,
    cacheWrite,
    reasoning: (isJsonObject(details) ? count(details["thinking_tokens"]) : undefined) ?? 0,
    ...(hour > 0 && { cacheWriteHour: Math.min(hour, cacheWrite) }),
  };
}

/**
 * Usage as a stream tells it: first in `message_start`, then in each `message_delta`, whose counts are totals that
 * take the place of the earlier ones and are never added to them.
 */
export function mergeUsage(earlier: JsonObject, later: unknown): JsonObject {
  if (!isJsonObject(later)) return earlier;
  const told = Object.entries(later).filter(([, value]) => value !== null && value !== undefined);
  return { ...earlier, ...(Object.fromEntries(told) as JsonObject) };
}

/** Usage in Anthropic's words; zeros where nothing is known of it, since its clients want some. */
export function renderUsage(usage: Usage | undefined, serviceTier: string | null): JsonObject {
  const { input = 0, output = 0, cacheRead = 0, cacheWrite = 0, reasoning = 0 } = usage ?? {};
  const hour = usage?.cacheWriteHour ?? 0;
  return {
    input_tokens: Math.max(0, input - cacheRead - cacheWrite),
    cache_creation_input_tokens: cacheWrite,
    cache_read_input_tokens: cacheRead,
    cache_creation: {
      ephemeral_5m_input_tokens: Math.max(0, cacheWrite - hour),
      ephemeral_1h_input_tokens: hour,
    },
    output_tokens: output,
    output_tokens_details: reasoning > 0 ? { thinking_tokens: reasoning } : null,
    server_tool_use: null,
    service_tier: serviceTier,
    inference_geo: null,
    speed: null,
  };
}

/** More than any call can use; beyond, a count is a mistake and a cost made of it would be one. */
const MAX_TOKENS = 1_000_000_000_000;

function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_TOKENS
    ? value
    : undefined;
}
