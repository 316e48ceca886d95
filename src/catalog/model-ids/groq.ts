// Made by `npm run catalog`; do not edit.

/** Ids of models of `groq` that are known here. Any other text is a model id, too. */
export type GroqModelId =
 | "deepseek-r1-distill-llama-70b" | "gemma-7b-it" | "gemma2-9b" | "gemma2-9b-it" | "groq/compound"
 | "groq/compound-mini" | "llama-3.1-405b-reasoning" | "llama-3.1-70b-versatile" | "llama-3.1-8b-instant"
 | "llama-3.2-11b-text-preview" | "llama-3.2-11b-vision-preview" | "llama-3.2-1b-preview"
 | "llama-3.2-3b-preview" | "llama-3.2-90b-text-preview" | "llama-3.2-90b-vision-preview"
 | "llama-3.3-70b-specdec" | "llama-3.3-70b-versatile" | "llama-guard-3-8b" | "llama2-70b-4096"
 | "llama3-70b-8192" | "llama3-8b-8192" | "llama3-groq-70b-8192-tool-use-preview"
 | "llama3-groq-8b-8192-tool-use-preview" | "meta-llama/llama-4-maverick-17b-128e-instruct"
 | "meta-llama/llama-4-scout-17b-16e-instruct" | "mistral-saba-24b" | "mixtral-8x7b-32768"
 | "moonshotai/kimi-k2-instruct" | "moonshotai/kimi-k2-instruct-0905" | "openai/gpt-oss-120b"
 | "openai/gpt-oss-20b" | "openai/gpt-oss-safeguard-20b" | "qwen-qwq-32b" | "qwen/qwen3-32b"
 | "qwen/qwen3.6-27b" | "qwen/qwen3.8-27b" | "whisper-large-v3" | "whisper-large-v3-turbo";
