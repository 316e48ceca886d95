// Made by `npm run catalog`; do not edit.

/** Ids of models of `sambanova` that are known here. Any other text is a model id, too. */
export type SambanovaModelId =
 | "DeepSeek-R1-0528" | "DeepSeek-R1-Distill-Llama-70B" | "DeepSeek-V3-0324" | "DeepSeek-V3.1"
 | "DeepSeek-V3.2" | "Llama-3.3-Swallow-70B-Instruct-v0.4" | "Llama-4-Maverick-17B-128E-Instruct"
 | "Meta-Llama-3.1-8B-Instruct" | "Meta-Llama-3.3-70B-Instruct" | "MiniMax-M2.7" | "Qwen3-32B"
 | "gemma-4-31B-it" | "gpt-oss-120b";
