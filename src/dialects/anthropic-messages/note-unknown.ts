import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";

/** Members that are read elsewhere. */
const KNOWN: ReadonlySet<string> = new Set([
  "model",
  "messages",
  "system",
  "max_tokens",
  "tools",
  "tool_choice",
  "thinking",
  "output_config",
  "output_format",
  "stop_sequences",
  "temperature",
  "top_p",
  "top_k",
  "metadata",
  "service_tier",
  "stream",
  "cache_control",
  // Says how the request is written, not what it asks for.
  "anthropic_version",
  "anthropic_beta",
  "betas",
]);

/** Members that make an answer cheaper, faster or explain it, but do not change what is asked for. */
const HARMLESS: ReadonlySet<string> = new Set([
  "context_management",
  "diagnostics",
  "speed",
  "user_profile_id",
]);

/**
 * Names members for which there is no canonical word: `container`, `mcp_servers`, `inference_geo`, `fallbacks` and
 * whatever is new. Only Anthropic itself can do what they ask for.
 */
export function noteUnknown(body: JsonObject, losses: Loss[]): void {
  for (const path of Object.keys(body)) {
    if (KNOWN.has(path)) continue;
    const value = body[path];
    if (value === undefined || value === null) continue;
    if (Array.isArray(value) && value.length === 0) continue;
    losses.push({ path, isHarmless: HARMLESS.has(path), reason: "can be told to Anthropic only" });
  }
}
