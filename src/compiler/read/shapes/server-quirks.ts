import type { ServerQuirks } from "../../../../sdk/config/providers/openai-compatible.ts";
import { flag } from "../reader.ts";
import { type Option, optional } from "../shape.ts";
import { oneOf } from "../values.ts";

/** Options that describe how a server departs from OpenAI's Chat Completions: names and values are the dialect's own. */
export const serverQuirks = {
  limit: optional(oneOf(["max_completion_tokens", "max_tokens"])),
  developerRole: optional(flag),
  names: optional(flag),
  textParts: optional(flag),
  required: optional(oneOf(["required", "any"])),
  toolChoice: optional(oneOf(["forced", "auto"])),
  strictTools: optional(flag),
  jsonSchema: optional(flag),
  thinkTags: optional(flag),
  thinkingBack: optional(
    oneOf(["none", "reasoning_content", "reasoning", "reasoning_details", "parts", "tags"]),
  ),
  extraContent: optional(flag),
  thinkingControl: optional(
    oneOf(["effort", "thinking", "thinking+effort", "enable_thinking", "reasoning", "template", "none"]),
  ),
} satisfies { readonly [Name in keyof Required<ServerQuirks>]: Option<NonNullable<ServerQuirks[Name]>> };
