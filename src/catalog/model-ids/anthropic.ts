// Made by `npm run catalog`; do not edit.

/** Ids of models of `anthropic` that are known here. Any other text is a model id, too. */
export type AnthropicModelId =
 | "claude-fable-5" | "claude-fable-5-1" | "claude-fable-5-2" | "claude-haiku-4-5"
 | "claude-haiku-4-5-20251001" | "claude-haiku-5-5" | "claude-mythos-5" | "claude-mythos-5-1"
 | "claude-opus-4-5" | "claude-opus-4-5-20251101" | "claude-opus-4-6" | "claude-opus-4-7" | "claude-opus-4-8"
 | "claude-opus-5" | "claude-opus-5-5" | "claude-sonnet-4-5" | "claude-sonnet-4-5-20250929"
 | "claude-sonnet-4-6" | "claude-sonnet-5" | "claude-sonnet-5-5";
