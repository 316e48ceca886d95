// Made by `npm run catalog`; do not edit.

/** Ids of models of `cloudflare` that are known here. Any other text is a model id, too. */
export type CloudflareModelId =
 | "@cf/aisingapore/gemma-sea-lion-v4-27b-it" | "@cf/baai/bge-base-en-v1.5" | "@cf/baai/bge-large-en-v1.5"
 | "@cf/baai/bge-m3" | "@cf/baai/bge-small-en-v1.5" | "@cf/deepseek-ai/deepseek-r1-distill-qwen-32b"
 | "@cf/deepseek-ai/deepseek-v4-flash-0731" | "@cf/deepseek-ai/deepseek-v4-pro-0813"
 | "@cf/google/gemma-3-12b-it" | "@cf/google/gemma-4-26b-a4b-it" | "@cf/ibm-granite/granite-4.0-h-micro"
 | "@cf/meta/llama-2-7b-chat-fp16" | "@cf/meta/llama-3-8b-instruct" | "@cf/meta/llama-3-8b-instruct-awq"
 | "@cf/meta/llama-3.1-70b-instruct-fp8-fast" | "@cf/meta/llama-3.1-8b-instruct"
 | "@cf/meta/llama-3.1-8b-instruct-awq" | "@cf/meta/llama-3.1-8b-instruct-fast"
 | "@cf/meta/llama-3.1-8b-instruct-fp8" | "@cf/meta/llama-3.1-8b-instruct-fp8-fast"
 | "@cf/meta/llama-3.2-11b-vision-instruct" | "@cf/meta/llama-3.2-1b-instruct"
 | "@cf/meta/llama-3.2-3b-instruct" | "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
 | "@cf/meta/llama-4-scout-17b-16e-instruct" | "@cf/meta/llama-guard-3-8b"
 | "@cf/mistral/mistral-7b-instruct-v0.1" | "@cf/mistralai/mistral-small-3.1-24b-instruct"
 | "@cf/moondream/moondream3.1-9B-A2B" | "@cf/moonshotai/kimi-k2.5" | "@cf/moonshotai/kimi-k2.6"
 | "@cf/moonshotai/kimi-k2.7-code" | "@cf/nvidia/nemotron-3-120b-a12b" | "@cf/openai/gpt-oss-120b"
 | "@cf/openai/gpt-oss-20b" | "@cf/pfnet/plamo-embedding-1b" | "@cf/qwen/qwen2.5-coder-32b-instruct"
 | "@cf/qwen/qwen3-30b-a3b-fp8" | "@cf/qwen/qwen3-embedding-0.6b" | "@cf/qwen/qwen3.8-27b"
 | "@cf/qwen/qwq-32b" | "@cf/zai-org/glm-4.7-flash" | "@cf/zai-org/glm-5.2" | "@cf/zai-org/glm-5.3-flash";
