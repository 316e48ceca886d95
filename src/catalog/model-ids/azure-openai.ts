// Made by `npm run catalog`; do not edit.

/** Ids of models of `azure-openai` that are known here. Any other text is a model id, too. */
export type AzureOpenaiModelId =
 | "dall-e-3" | "gpt-4" | "gpt-4-turbo" | "gpt-4-turbo-vision" | "gpt-4.1" | "gpt-4.1-mini" | "gpt-4.1-nano"
 | "gpt-5" | "gpt-5-codex" | "gpt-5-mini" | "gpt-5-nano" | "gpt-5-pro" | "gpt-5.1" | "gpt-5.1-codex"
 | "gpt-5.1-codex-max" | "gpt-5.1-codex-mini" | "gpt-5.2" | "gpt-5.2-codex" | "gpt-5.3-codex" | "gpt-5.4"
 | "gpt-5.4-mini" | "gpt-5.4-nano" | "gpt-5.4-pro" | "gpt-5.5" | "gpt-5.6-luna" | "gpt-5.6-sol"
 | "gpt-5.6-terra" | "gpt-6-astra" | "gpt-6-luna" | "gpt-6-sol" | "gpt-chat-latest" | "gpt-image-1"
 | "gpt-image-1-mini" | "gpt-image-1.5" | "gpt-image-2" | "o1-mini" | "o1-mini-2024-09-12"
 | "phi-3-medium-128k-instruct" | "phi-3-mini-128k-instruct" | "phi-3.5-mini-128k-instruct" | "phi-4"
 | "phi-4-mini-instruct" | "phi-4-multimodal-instruct" | "phi-4-reasoning-plus" | "text-embedding-3-large"
 | "text-embedding-3-small" | "text-embedding-ada" | "text-embedding-ada-002" | "text-embedding-ada-002-v2"
 | "tts" | "tts-1" | "tts-1-hd" | "tts-hd" | "whisper" | "whisper-1" | "wizardlm-2-8x22b";
