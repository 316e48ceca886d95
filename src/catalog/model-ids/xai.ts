// Made by `npm run catalog`; do not edit.

/** Ids of models of `xai` that are known here. Any other text is a model id, too. */
export type XaiModelId =
 | "grok-3-fast" | "grok-3-fast-beta" | "grok-3-fast-latest" | "grok-3-mini-fast" | "grok-3-mini-fast-beta"
 | "grok-3-mini-fast-latest" | "grok-4.20" | "grok-4.20-0309-non-reasoning" | "grok-4.20-0309-reasoning"
 | "grok-4.20-beta-latest-non-reasoning" | "grok-4.20-beta-latest-reasoning" | "grok-4.20-multi-agent"
 | "grok-4.20-multi-agent-beta-latest" | "grok-4.3" | "grok-4.3-latest" | "grok-4.5" | "grok-4.5-latest"
 | "grok-4.6" | "grok-4.6-latest" | "grok-4.7" | "grok-build-0.1" | "grok-imagine-image"
 | "grok-imagine-image-2.0" | "grok-latest" | "grok-voice-latest" | "grok-voice-think-fast-1.0"
 | "grok-voice-think-fast-2.0";
