import type { TargetTraits } from "../dialect.ts";
import { fieldName } from "./field-name.ts";
import { type ChatQuirks, quirksOf } from "./quirks.ts";

/**
 * Texts of requests that a vendor would refuse or misunderstand as OpenAI writes them. They are looked for in the bytes,
 * so a text that only quotes one of them costs a translation and loses nothing.
 */
export function foreignTexts(traits: TargetTraits): readonly string[] {
  if (traits.quirks === undefined && traits.lacks === undefined) return [];
  const quirks = quirksOf(traits);
  const texts = [...memberTexts(quirks), ...valueTexts(quirks)];
  if (traits.lacks?.includes("json-schema") === true || !quirks.jsonSchema) texts.push('"json_schema"');
  return [...new Set(texts)];
}

/** Members that the vendor does not know, by their name. */
function memberTexts(quirks: ChatQuirks): string[] {
  const names: string[] = quirks.less.map((field) => fieldName(field, {}));
  if (quirks.limit === "max_tokens") names.push("max_completion_tokens");
  if (quirks.seed !== "seed") names.push("seed");
  if (quirks.endUser !== "safety_identifier") names.push("safety_identifier");
  if (quirks.less.includes("endUser") || quirks.endUser === "user_id") names.push("user");
  if (quirks.thinkingControl !== "effort" || quirks.efforts !== undefined) names.push("reasoning_effort");
  if (!quirks.streamOptions) names.push("stream_options");
  if (!quirks.strictTools) names.push("strict");
  if (!quirks.refusals) names.push("refusal");
  // Callers send back what they were told, and this vendor has its thinking in the content.
  if (quirks.thinkingBack === "parts") names.push("reasoning_content", "reasoning_details");
  if (quirks.toolCallIdLength > 0) names.push("tool_call_id");
  return names.map((name) => `"${name}":`);
}

/** Values that the vendor does not know; written with and without the space that some clients put before them. */
function valueTexts(quirks: ChatQuirks): string[] {
  const texts: string[] = [];
  const add = (name: string, value: string): void =>
    void texts.push(`"${name}":${value}`, `"${name}": ${value}`);
  if (!quirks.developerRole) add("role", '"developer"');
  if (quirks.required !== "required" || quirks.toolChoice === "auto") add("tool_choice", '"required"');
  if (quirks.toolChoice === "auto") add("tool_choice", "{");
  if (!quirks.allowedTools) texts.push('"allowed_tools"');
  if (!quirks.textParts) add("content", "[");
  if (quirks.plainAudio) texts.push('"input_audio"');
  if (quirks.files !== "file") texts.push('"file"');
  return texts;
}
