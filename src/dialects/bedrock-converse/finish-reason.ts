import type { FinishReason } from "../../canonical/finish-reason.ts";

const REASONS: Readonly<Record<string, FinishReason>> = {
  end_turn: "stop",
  stop_sequence: "stop-text",
  max_tokens: "length",
  tool_use: "tool-calls",
  guardrail_intervened: "content-filter",
  content_filtered: "content-filter",
  refusal: "refusal",
  model_context_window_exceeded: "context-length",
  malformed_model_output: "error",
  malformed_tool_use: "error",
};

/**
 * Why Bedrock stopped. An answer that came through the tool which stands in for it is no tool call to the caller.
 * Wire format: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html (`stopReason`)
 */
export function readFinishReason(reason: unknown, hasToolCalls: boolean): FinishReason {
  const known = typeof reason === "string" && Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
  if (known === "tool-calls" && !hasToolCalls) return "stop";
  return known ?? "other";
}
