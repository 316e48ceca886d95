// Made by `npm run catalog`; do not edit.

/** Ids of models of `vertex` that are known here. Any other text is a model id, too. */
export type VertexModelId =
 | "claude-fable-5-1@default" | "claude-fable-5@default" | "claude-haiku-4-5@20251001"
 | "claude-opus-4-5@20251101" | "claude-opus-4-6@default" | "claude-opus-4-7@default"
 | "claude-opus-4-8@default" | "claude-opus-5-5@default" | "claude-opus-5@default"
 | "claude-sonnet-4-5@20250929" | "claude-sonnet-4-6@default" | "claude-sonnet-5@default" | "gemini-1.0-pro"
 | "gemini-1.0-pro-vision-001" | "gemini-2.5-flash-image" | "gemini-2.5-flash-image-preview"
 | "gemini-2.5-flash-latest" | "gemini-2.5-flash-lite-preview-tts" | "gemini-2.5-flash-native-audio-latest"
 | "gemini-2.5-flash-preview" | "gemini-2.5-flash-preview-09-2025" | "gemini-2.5-flash-preview-tts"
 | "gemini-2.5-flash-tts" | "gemini-2.5-pro-preview-tts" | "gemini-2.5-pro-tts" | "gemini-3-flash-preview"
 | "gemini-3-pro-image" | "gemini-3-pro-image-preview" | "gemini-3-pro-preview" | "gemini-3-pro-text-preview"
 | "gemini-3.1-flash-image" | "gemini-3.1-flash-image-preview" | "gemini-3.1-flash-lite"
 | "gemini-3.1-flash-lite-image" | "gemini-3.1-flash-live-preview" | "gemini-3.1-pro-preview"
 | "gemini-3.1-pro-preview-customtools" | "gemini-3.5-flash" | "gemini-3.5-flash-lite" | "gemini-3.6-flash"
 | "gemini-3.7-flash" | "gemini-3.8-flash" | "gemini-embedding-001" | "gemini-embedding-2"
 | "gemini-flash-latest" | "gemini-flash-lite-latest" | "gemini-live-2.5-flash" | "gemini-omni-flash-preview"
 | "gemini-pro" | "meta/llama-4-maverick-17b-128e-instruct-maas" | "openai/gpt-oss-120b-maas"
 | "text-embedding-005" | "text-multilingual-embedding-002" | "xai/grok-4.20-non-reasoning"
 | "xai/grok-4.20-reasoning" | "xai/grok-4.3" | "xai/grok-4.6" | "zai-org/glm-5.2-maas";
