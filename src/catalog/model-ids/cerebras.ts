// Made by `npm run catalog`; do not edit.

/** Ids of models of `cerebras` that are known here. Any other text is a model id, too. */
export type CerebrasModelId =
 | "gemma-4-31b" | "gpt-oss-120b" | "qwen-3.8-27b";
