// Made by `npm run catalog`; do not edit.

/** Ids of models of `nebius` that are known here. Any other text is a model id, too. */
export type NebiusModelId =
 | "BAAI/bge-en-icl" | "BAAI/bge-multilingual-gemma2" | "NousResearch/Hermes-4-405B"
 | "NousResearch/Hermes-4-70B" | "PrimeIntellect/INTELLECT-3-FP8" | "Qwen/Qwen2.5-Coder-7B"
 | "Qwen/Qwen2.5-VL-72B-Instruct" | "Qwen/Qwen3-235B-A22B-Instruct-2507"
 | "Qwen/Qwen3-235B-A22B-Thinking-2507" | "Qwen/Qwen3-30B-A3B-Instruct-2507"
 | "Qwen/Qwen3-30B-A3B-Thinking-2507" | "Qwen/Qwen3-32B" | "Qwen/Qwen3-Coder-30B-A3B-Instruct"
 | "Qwen/Qwen3-Coder-480B-A35B-Instruct" | "Qwen/Qwen3-Embedding-8B" | "deepseek-ai/DeepSeek-R1-0528"
 | "deepseek-ai/DeepSeek-V3-0324" | "google/gemma-2-2b-it" | "google/gemma-2-9b-it" | "google/gemma-3-27b-it"
 | "intfloat/e5-mistral-7b-instruct" | "meta-llama/Llama-3.1-8B-Instruct"
 | "meta-llama/Llama-3.3-70B-Instruct" | "moonshotai/Kimi-K2-Instruct" | "moonshotai/Kimi-K2-Thinking"
 | "nvidia/Llama-3_1-Nemotron-Ultra-253B-v1" | "nvidia/NVIDIA-Nemotron-Nano-12B-v2" | "openai/gpt-oss-120b"
 | "zai-org/GLM-4.5" | "zai-org/GLM-4.5-Air";
