import type { ModelIdOf } from "../model-id.ts";
import { declareProvider, type LocalServerOptions, type TargetFactory } from "../provider.ts";

/** How a server departs from OpenAI's own Chat Completions. What is left out is as most such servers have it. */
export interface ServerQuirks {
  /** Member for the limit of the answer's tokens. */
  readonly limit?: "max_completion_tokens" | "max_tokens";
  /** Whether the role `developer` is known; `system` stands in for it. */
  readonly developerRole?: boolean;
  /** Whether messages may carry the `name` of who speaks. */
  readonly names?: boolean;
  /** Whether text-only content may be a list of parts; it is joined to one text otherwise. */
  readonly textParts?: boolean;
  /** Word of `tool_choice` for "some tool, whichever". */
  readonly required?: "required" | "any";
  /** What can be forced on the model: any tool or one of them, or nothing (`auto`). */
  readonly toolChoice?: "forced" | "auto";
  /** Whether functions may be `strict`. */
  readonly strictTools?: boolean;
  /** Whether `response_format` may be a JSON schema; a tool stands in for it otherwise. */
  readonly jsonSchema?: boolean;
  /** Whether some models write their thinking into the text, between `<think>` and `</think>` at its beginning. */
  readonly thinkTags?: boolean;
  /** Where thinking of earlier turns goes: a member of the model's message, parts or tags of its content. */
  readonly thinkingBack?: "none" | "reasoning_content" | "reasoning" | "reasoning_details" | "parts" | "tags";
  /** Whether Gemini's thought signatures go back in `extra_content`: for Google's own Chat Completions. */
  readonly extraContent?: boolean;
  /** How thinking is asked for. */
  readonly thinkingControl?:
    | "effort"
    | "thinking"
    | "thinking+effort"
    | "enable_thinking"
    | "reasoning"
    | "template"
    | "none";
}

/** Settings of a server that speaks OpenAI's Chat Completions. */
export interface OpenAiCompatibleOptions extends LocalServerOptions {
  readonly baseUrl: string;
  /** Whether the server understands `stream_options.include_usage`, default true. */
  readonly streamUsage?: boolean;
  readonly quirks?: ServerQuirks;
}

/**
 * Any server that speaks OpenAI's Chat Completions.
 * @example
 * const box = openaiCompatible({ baseUrl: "http://127.0.0.1:8000/v1", quirks: { limit: "max_tokens" } });
 */
export function openaiCompatible(
  options: OpenAiCompatibleOptions,
): TargetFactory<ModelIdOf<"openai-compatible">> {
  return declareProvider("openai-compatible", options);
}
