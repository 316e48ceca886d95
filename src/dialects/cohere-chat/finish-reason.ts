import type { FinishReason } from "../../canonical/finish-reason.ts";

const REASONS: Readonly<Record<string, FinishReason>> = {
  COMPLETE: "stop",
  STOP_SEQUENCE: "stop-text",
  MAX_TOKENS: "length",
  TOOL_CALL: "tool-calls",
  ERROR: "error",
  TIMEOUT: "error",
  // Older models still use words of version 1.
  ERROR_TOXIC: "content-filter",
  ERROR_LIMIT: "context-length",
};

/**
 * Why Cohere stopped. An answer that came through the tool which stands in for it is no tool call to the caller.
 * Wire format: https://docs.cohere.com/v2/reference/chat (`finish_reason`)
 */
export function readFinishReason(reason: unknown, hasToolCalls: boolean): FinishReason {
  const known = typeof reason === "string" && Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
  if (known === "tool-calls" && !hasToolCalls) return "stop";
  return known ?? "other";
}
