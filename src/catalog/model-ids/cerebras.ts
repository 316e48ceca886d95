// Made by `npm run catalog`; do not edit.

/** Ids of models of `cerebras` that are known here. Any other text is a model id, too. */
export type CerebrasModelId =
 | "gemma-4-31b" | "gpt-oss-120b" | "llama-3.3-70b" | "llama3.1-8b" | "qwen-3-235b-a22b-instruct-2507"
 | "qwen-3-32b" | "qwen-3-coder-480b" | "qwen-3.8-27b" | "zai-glm-4.6" | "zai-glm-4.7";
