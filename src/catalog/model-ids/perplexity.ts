// Made by `npm run catalog`; do not edit.

/** Ids of models of `perplexity` that are known here. Any other text is a model id, too. */
export type PerplexityModelId =
 | "llama-3.1-sonar-large-128k-online" | "llama-3.1-sonar-small-128k-online" | "r1-1776" | "sonar"
 | "sonar-deep-research" | "sonar-pro" | "sonar-pro-search" | "sonar-reasoning" | "sonar-reasoning-pro";
