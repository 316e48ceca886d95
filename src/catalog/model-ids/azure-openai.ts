// Made by `npm run catalog`; do not edit.

/** Ids of models of `azure-openai` that are known here. Any other text is a model id, too. */
export type AzureOpenaiModelId =
 | "codex-mini" | "gpt-4" | "gpt-4-32k" | "gpt-4-turbo" | "gpt-4-turbo-vision" | "gpt-4.1" | "gpt-4.1-mini"
 | "gpt-4.1-nano" | "gpt-4o" | "gpt-4o-mini" | "gpt-5" | "gpt-5-codex" | "gpt-5-mini" | "gpt-5-nano"
 | "gpt-5-pro" | "gpt-5.1" | "gpt-5.1-chat" | "gpt-5.1-codex" | "gpt-5.1-codex-max" | "gpt-5.1-codex-mini"
 | "gpt-5.2" | "gpt-5.2-chat" | "gpt-5.2-codex" | "gpt-5.3-chat" | "gpt-5.3-codex" | "gpt-5.4"
 | "gpt-5.4-mini" | "gpt-5.4-nano" | "gpt-5.4-pro" | "gpt-5.5" | "gpt-5.6-luna" | "gpt-5.6-sol"
 | "gpt-5.6-terra" | "gpt-6-astra" | "gpt-6-luna" | "gpt-6-sol" | "gpt-chat-latest" | "o1" | "o1-2024-12-17"
 | "o1-mini" | "o1-mini-2024-09-12" | "o1-preview" | "o1-preview-2024-09-12" | "o3" | "o3-2025-04-16"
 | "o3-mini" | "o3-mini-2025-01-31" | "o4-mini" | "phi-3-medium-128k-instruct" | "phi-3-mini-128k-instruct"
 | "phi-3.5-mini-128k-instruct" | "phi-4" | "phi-4-mini-instruct" | "phi-4-multimodal-instruct"
 | "phi-4-reasoning-plus" | "text-curie" | "text-curie-001" | "text-davinci" | "text-davinci-002"
 | "text-embedding-3-large" | "text-embedding-3-small" | "text-embedding-ada" | "text-embedding-ada-002"
 | "text-embedding-ada-002-v2" | "wizardlm-2-8x22b";
