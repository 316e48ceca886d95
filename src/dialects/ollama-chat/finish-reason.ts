import type { FinishReason } from "../../canonical/finish-reason.ts";

/**
 * Why Ollama stopped. It says `stop` for tool calls as well, so what the answer holds decides.
 * Wire format: https://docs.ollama.com/api/chat (`done_reason`)
 */
export function readFinishReason(reason: unknown, hasToolCalls: boolean): FinishReason {
  if (reason === "length") return "length";
  if (hasToolCalls) return "tool-calls";
  return reason === "stop" || reason === undefined || reason === "" ? "stop" : "other";
}
