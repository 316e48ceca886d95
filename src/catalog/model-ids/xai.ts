// Made by `npm run catalog`; do not edit.

/** Ids of models of `xai` that are known here. Any other text is a model id, too. */
export type XaiModelId =
 | "grok-2" | "grok-2-1212" | "grok-2-latest" | "grok-2-vision" | "grok-2-vision-1212"
 | "grok-2-vision-latest" | "grok-3" | "grok-3-beta" | "grok-3-fast" | "grok-3-fast-beta"
 | "grok-3-fast-latest" | "grok-3-latest" | "grok-3-mini" | "grok-3-mini-beta" | "grok-3-mini-fast"
 | "grok-3-mini-fast-beta" | "grok-3-mini-fast-latest" | "grok-3-mini-latest" | "grok-4" | "grok-4-0709"
 | "grok-4-1-fast" | "grok-4-1-fast-non-reasoning" | "grok-4-1-fast-non-reasoning-latest"
 | "grok-4-1-fast-reasoning" | "grok-4-1-fast-reasoning-latest" | "grok-4-fast" | "grok-4-fast-non-reasoning"
 | "grok-4-fast-non-reasoning-latest" | "grok-4-fast-reasoning" | "grok-4-fast-reasoning-latest"
 | "grok-4-latest" | "grok-4.20" | "grok-4.20-0309-non-reasoning" | "grok-4.20-0309-reasoning"
 | "grok-4.20-beta-latest-non-reasoning" | "grok-4.20-beta-latest-reasoning" | "grok-4.20-multi-agent"
 | "grok-4.20-multi-agent-beta-latest" | "grok-4.3" | "grok-4.3-latest" | "grok-4.5" | "grok-4.5-latest"
 | "grok-4.6" | "grok-4.6-latest" | "grok-4.7" | "grok-beta" | "grok-build-0.1" | "grok-code-fast"
 | "grok-code-fast-1" | "grok-code-fast-1-0825" | "grok-imagine-image" | "grok-imagine-image-quality"
 | "grok-latest" | "grok-tts" | "grok-vision-beta" | "grok-voice-latest" | "grok-voice-think-fast-1.0"
 | "grok-voice-think-fast-2.0";
