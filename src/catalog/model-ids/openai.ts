// Made by `npm run catalog`; do not edit.

/** Ids of models of `openai` that are known here. Any other text is a model id, too. */
export type OpenAiModelId =
 | "chatgpt-image-latest" | "codex-mini" | "daybreak-blue-latest" | "daybreak-red-latest"
 | "gpt-3.5-turbo-16k" | "gpt-3.5-turbo-instruct-0914" | "gpt-4-turbo-0125-preview" | "gpt-4.1"
 | "gpt-4.1-2025-04-14" | "gpt-4.1-mini" | "gpt-4.1-mini-2025-04-14" | "gpt-4o" | "gpt-4o-2024-08-06"
 | "gpt-4o-2024-11-20" | "gpt-4o-mini" | "gpt-4o-mini-2024-07-18" | "gpt-4o-mini-transcribe"
 | "gpt-4o-mini-tts" | "gpt-4o-transcribe" | "gpt-4o-transcribe-diarize" | "gpt-5" | "gpt-5-2025-08-07"
 | "gpt-5-mini" | "gpt-5-mini-2025-08-07" | "gpt-5-nano" | "gpt-5-pro" | "gpt-5-pro-2025-10-06" | "gpt-5.1"
 | "gpt-5.1-2025-11-13" | "gpt-5.1-mini" | "gpt-5.2" | "gpt-5.2-2025-12-11" | "gpt-5.2-pro"
 | "gpt-5.2-pro-2025-12-11" | "gpt-5.3-codex" | "gpt-5.3-codex-spark" | "gpt-5.4" | "gpt-5.4-2026-03-05"
 | "gpt-5.4-mini" | "gpt-5.4-mini-2026-03-17" | "gpt-5.4-nano" | "gpt-5.4-nano-2026-03-17" | "gpt-5.4-pro"
 | "gpt-5.4-pro-2026-03-05" | "gpt-5.5" | "gpt-5.5-2026-04-23" | "gpt-5.5-2026-04-24" | "gpt-5.5-codex"
 | "gpt-5.5-pro" | "gpt-5.5-pro-2026-04-23" | "gpt-5.6" | "gpt-5.6-cyber" | "gpt-5.6-luna"
 | "gpt-5.6-luna-pro" | "gpt-5.6-sol" | "gpt-5.6-sol-pro" | "gpt-5.6-terra" | "gpt-5.6-terra-pro"
 | "gpt-6-astra" | "gpt-6-luna" | "gpt-6-sol" | "gpt-6.1-sol" | "gpt-6.1-sol-2026-09-29" | "gpt-6.1-terra"
 | "gpt-6.2-sol" | "gpt-audio" | "gpt-audio-1.5" | "gpt-audio-2025-08-28" | "gpt-audio-mini"
 | "gpt-audio-mini-2025-12-15" | "gpt-chat-latest" | "gpt-image-1-mini" | "gpt-image-1.5"
 | "gpt-image-1.5-2025-12-16" | "gpt-image-2" | "gpt-image-2-2026-04-21" | "gpt-image-2.5-flare"
 | "gpt-image-2.5-sunburst" | "gpt-image-2.6-flare" | "gpt-image-2.6-sunburst" | "gpt-realtime"
 | "gpt-realtime-1.5" | "gpt-realtime-2" | "gpt-realtime-2.1" | "gpt-realtime-2.1-mini"
 | "gpt-realtime-2025-08-28" | "gpt-realtime-mini" | "gpt-realtime-mini-2025-12-15" | "gpt-transcribe" | "o3"
 | "o3-2025-04-16" | "o3-pro" | "o3-pro-2025-06-10" | "omni-moderation-2024-09-26" | "omni-moderation-latest"
 | "text-embedding-3-large" | "text-embedding-3-small" | "text-embedding-ada-002"
 | "text-embedding-ada-002-v2" | "tts-1" | "tts-1-hd" | "whisper-1";
