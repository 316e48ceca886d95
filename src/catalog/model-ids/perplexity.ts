// Made by `npm run catalog`; do not edit.

/** Ids of models of `perplexity` that are known here. Any other text is a model id, too. */
export type PerplexityModelId =
 | "anthropic/claude-haiku-4-5" | "anthropic/claude-opus-4-7" | "anthropic/claude-sonnet-4-6"
 | "nvidia/nemotron-3-super-120b-a12b" | "openai/gpt-5.4" | "openai/gpt-5.5" | "perplexity/sonar"
 | "pplx-embed-v1-0.6b" | "pplx-embed-v1-4b";
