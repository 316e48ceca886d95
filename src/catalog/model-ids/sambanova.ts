// Made by `npm run catalog`; do not edit.

/** Ids of models of `sambanova` that are known here. Any other text is a model id, too. */
export type SambanovaModelId =
 | "DeepSeek-R1-0528" | "DeepSeek-R1-Distill-Llama-70B" | "DeepSeek-V3-0324"
 | "Llama-3.3-Swallow-70B-Instruct-v0.4" | "Meta-Llama-3.1-8B-Instruct" | "Meta-Llama-3.3-70B-Instruct"
 | "Qwen3-32B" | "gpt-oss-120b" | "llama-3.1-8b-instruct" | "llama-3.3-70b-instruct";
