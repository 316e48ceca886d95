import type { FinishReason } from "../../canonical/finish-reason.ts";

const REASONS: Readonly<Record<string, FinishReason>> = {
  stop: "stop",
  // Older and self-hosted servers tell the model's own end apart.
  eos: "stop",
  eos_token: "stop",
  end_turn: "stop",
  stop_sequence: "stop-text",
  length: "length",
  max_tokens: "length",
  model_length: "context-length",
  model_context_window_exceeded: "context-length",
  tool_calls: "tool-calls",
  function_call: "tool-calls",
  content_filter: "content-filter",
  sensitive: "content-filter",
  refusal: "refusal",
  error: "error",
  network_error: "error",
  insufficient_system_resource: "error",
};

/**
 * Why a vendor stopped. Some say `stop` for tool calls as well, and an answer that came through the tool which stands in
 * for it is no tool call to the caller: what the answer holds decides.
 * Wire format: https://platform.openai.com/docs/api-reference/chat/object (`choices[].finish_reason`); further words in
 * https://api-docs.deepseek.com/api/create-chat-completion, https://docs.mistral.ai/api and
 * https://docs.z.ai/api-reference/llm/chat-completion
 */
export function readFinishReason(reason: unknown, hasToolCalls: boolean): FinishReason {
  const known = typeof reason === "string" && Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
  if (hasToolCalls) return known === undefined || known === "stop" ? "tool-calls" : known;
  return known === "tool-calls" ? "stop" : (known ?? "other");
}

const WORDS: Readonly<Record<FinishReason, string>> = {
  stop: "stop",
  "stop-text": "stop",
  length: "length",
  "context-length": "length",
  "tool-calls": "tool_calls",
  "content-filter": "content_filter",
  refusal: "content_filter",
  other: "stop",
  // The answer is not whole, and the official clients know no other word for that.
  pause: "length",
  error: "length",
};

/**
 * The same for a caller.
 * @param hasRefusal whether the answer says in words that the model declines, which OpenAI calls a stop
 */
export function renderFinishReason(reason: FinishReason, hasRefusal: boolean): string {
  return reason === "refusal" && hasRefusal ? "stop" : WORDS[reason];
}
