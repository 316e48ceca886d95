import type { FinishReason } from "../../canonical/finish-reason.ts";

const REASONS: Readonly<Record<string, FinishReason>> = {
  end_turn: "stop",
  stop_sequence: "stop-text",
  max_tokens: "length",
  tool_use: "tool-calls",
  pause_turn: "pause",
  compaction: "pause",
  refusal: "refusal",
  model_context_window_exceeded: "context-length",
};

const WORDS: Readonly<Record<FinishReason, string>> = {
  stop: "end_turn",
  "stop-text": "stop_sequence",
  length: "max_tokens",
  "tool-calls": "tool_use",
  pause: "pause_turn",
  refusal: "refusal",
  "content-filter": "refusal",
  "context-length": "model_context_window_exceeded",
  // There is no word for a failure: what its clients take for cut short comes nearest.
  error: "max_tokens",
  other: "end_turn",
};

/**
 * Why the model stopped. An answer that came through the tool which stands in for it is no tool call to the caller.
 * Wire format: https://docs.anthropic.com/en/api/messages (`stop_reason`)
 */
export function readFinishReason(reason: unknown, hasToolCalls: boolean): FinishReason {
  const known = typeof reason === "string" && Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
  if (known === "tool-calls" && !hasToolCalls) return "stop";
  return known ?? "other";
}

/** `stop_reason` for a canonical reason. */
export function renderFinishReason(reason: FinishReason): string {
  return WORDS[reason];
}
