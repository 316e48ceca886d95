// Made by `npm run catalog`; do not edit.

/** Ids of models of `google` that are known here. Any other text is a model id, too. */
export type GoogleModelId =
 | "deep-research-max-preview-04-2026" | "deep-research-preview-04-2026"
 | "gemini-2.5-computer-use-preview-10-2025" | "gemini-2.5-flash" | "gemini-2.5-flash-latest"
 | "gemini-2.5-flash-lite" | "gemini-2.5-flash-lite-preview-tts" | "gemini-2.5-flash-native-audio-latest"
 | "gemini-2.5-flash-preview" | "gemini-2.5-flash-preview-tts" | "gemini-2.5-flash-tts" | "gemini-2.5-pro"
 | "gemini-2.5-pro-preview-tts" | "gemini-2.5-pro-tts" | "gemini-3-flash-preview" | "gemini-3-pro-image"
 | "gemini-3-pro-text-preview" | "gemini-3.1-flash-image" | "gemini-3.1-flash-lite"
 | "gemini-3.1-flash-lite-image" | "gemini-3.1-flash-live-preview" | "gemini-3.1-pro-preview"
 | "gemini-3.1-pro-preview-customtools" | "gemini-3.5-flash" | "gemini-3.5-flash-lite" | "gemini-3.6-flash"
 | "gemini-3.7-flash" | "gemini-3.8-flash" | "gemini-embedding-001" | "gemini-embedding-2"
 | "gemini-flash-latest" | "gemini-flash-lite-latest" | "gemini-live-2.5-flash"
 | "gemini-live-2.5-flash-preview-native-audio" | "gemini-pro" | "gemini-robotics-er-1.6-preview"
 | "gemma-3-27b-it" | "gemma-4-26b" | "gemma-4-26b-a4b-it" | "gemma-4-26b-it" | "gemma-4-31b"
 | "gemma-4-31b-it" | "gemma-4-E2B-it" | "gemma-4-E4B-it";
