// Made by `npm run catalog`; do not edit.

/** Ids of models of `groq` that are known here. Any other text is a model id, too. */
export type GroqModelId =
 | "canopylabs/orpheus-arabic-saudi" | "canopylabs/orpheus-v1-english" | "groq/compound"
 | "groq/compound-mini" | "llama-3.1-405b-reasoning" | "llama2-70b-4096" | "openai/gpt-oss-120b"
 | "openai/gpt-oss-20b" | "openai/gpt-oss-safeguard-20b" | "qwen/qwen3.6-27b" | "qwen/qwen3.8-27b"
 | "whisper-large-v3" | "whisper-large-v3-turbo";
