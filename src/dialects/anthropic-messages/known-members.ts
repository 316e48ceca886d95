import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { noteUnknownMembers } from "../unknown-members.ts";

/** Those beside the role and content are of answers that callers send back whole. */
const MESSAGE = setOf(
  "role content id type model stop_reason stop_sequence stop_details usage container context_management",
);
const TOOL = setOf(
  "type name description input_schema strict cache_control allowed_callers defer_loading eager_input_streaming input_examples",
);
const THINKING = setOf("type budget_tokens display block_binding");
/** Blocks of other types stay as they are. */
const BLOCKS: ReadonlyMap<unknown, ReadonlySet<string>> = new Map([
  ["text", setOf("type text citations cache_control")],
  ["image", setOf("type source transformations cache_control")],
  ["document", setOf("type source title context citations cache_control")],
  ["tool_result", setOf("type tool_use_id content is_error toolset_name cache_control")],
  ["tool_use", setOf("type id name input caller cache_control")],
  ["thinking", setOf("type thinking signature")],
  ["redacted_thinking", setOf("type data")],
]);

function setOf(names: string): ReadonlySet<string> {
  return new Set(names.split(" "));
}

/** Names what is not known of a content block. */
export function noteBlock(block: JsonObject, path: string, losses: Loss[]): void {
  const known = BLOCKS.get(block["type"]);
  if (known !== undefined) noteUnknownMembers(block, known, path, losses);
}

/** Names what is not known of a message. */
export function noteMessage(message: JsonObject, path: string, losses: Loss[]): void {
  noteUnknownMembers(message, MESSAGE, path, losses);
}

/** Names what is not known of a function. */
export function noteTool(tool: JsonObject, path: string, losses: Loss[]): void {
  noteUnknownMembers(tool, TOOL, path, losses);
}

/** Names what is not known of `thinking`. */
export function noteThinking(thinking: JsonObject, losses: Loss[]): void {
  noteUnknownMembers(thinking, THINKING, "thinking", losses);
}
