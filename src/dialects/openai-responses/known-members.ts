import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { noteUnknownMembers } from "../unknown-members.ts";

/** Items and parts by their type; those of other types stay as they are. */
const BY_TYPE: ReadonlyMap<unknown, ReadonlySet<string>> = new Map([
  ["message", setOf("type role content id status phase")],
  ["function_call", setOf("type id call_id name arguments status namespace caller created_by")],
  ["function_call_output", setOf("type id call_id output status caller created_by")],
  ["reasoning", setOf("type id summary content encrypted_content status")],
  ["input_text", setOf("type text prompt_cache_breakpoint")],
  ["output_text", setOf("type text annotations logprobs prompt_cache_breakpoint")],
  ["input_image", setOf("type image_url detail file_id prompt_cache_breakpoint")],
  ["input_file", setOf("type file_id file_url file_data filename detail prompt_cache_breakpoint")],
  ["input_audio", setOf("type input_audio")],
  ["refusal", setOf("type refusal")],
  ["function", setOf("type name description parameters strict allowed_callers defer_loading output_schema")],
]);

function setOf(names: string): ReadonlySet<string> {
  return new Set(names.split(" "));
}

/** Names what is not known of an item, a part or a tool. */
export function noteMembers(value: JsonObject, path: string, losses: Loss[], type = value["type"]): void {
  const known = BY_TYPE.get(type);
  if (known !== undefined) noteUnknownMembers(value, known, path, losses);
}
