import type { ChatRequestField } from "../../canonical/chat-request.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { writtenName } from "../written-name.ts";

const NAMES: Readonly<Partial<Record<ChatRequestField, readonly [string, ...string[]]>>> = {
  toolChoice: ["tool_choice"],
  parallelToolCalls: ["tool_choice.disable_parallel_tool_use"],
  maxOutputTokens: ["max_tokens"],
  topP: ["top_p"],
  topK: ["top_k"],
  stop: ["stop_sequences"],
  responseFormat: ["output_config.format", "output_format"],
  reasoning: ["thinking", "output_config.effort"],
  serviceTier: ["service_tier"],
  endUser: ["metadata.user_id"],
};

/**
 * Where a member of the canonical request stands in a Messages request. Those that Anthropic has no words for, which no
 * caller of this dialect can have sent, keep their canonical name.
 */
export function fieldName(field: ChatRequestField, body: JsonObject): string {
  return writtenName(NAMES[field] ?? [field], body);
}
