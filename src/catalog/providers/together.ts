import type { ProviderProfile } from "../provider-profile.ts";

const imageQuirks = {
  size: "width-height",
  base64: "base64",
  inputs: "image-url",
  lacks: "quality style background moderation outputCompression inputFidelity endUser partialImages mask",
  knows: "seed negativePrompt",
} as const;

const transcriptQuirks = {
  formats: "json verbose_json",
  lacks: "logprobs chunking speakerNames speakerReferences",
  stream: false,
} as const;

/** Together AI. */
export const togetherProfile = {
  type: "together",
  label: "Together AI",
  baseUrl: "https://api.together.ai/v1",
  auth: { kind: "bearer" },
  keyVariable: "TOGETHER_API_KEY",
  chat: {
    dialect: "openai-chat",
    // https://docs.together.ai/reference/chat-completions-1
    quirks: {
      developerRole: false,
      refusals: false,
      allowedTools: false,
      endUser: "user",
      limit: "max_tokens",
      thinkingBack: "reasoning",
      efforts: "low medium high",
      thinkTags: true,
      more: "topK minP repetitionPenalty",
      less: "logprobs endUser metadata store promptCacheKey verbosity serviceTier",
    },
  },
  apis: {
    embeddings: { path: "/embeddings", shape: "openai" },
    rerank: { path: "/rerank", shape: "cohere" },
    images: { path: "/images/generations", shape: "openai", quirks: imageQuirks },
    imageEdits: { path: "/images/generations", shape: "openai", quirks: imageQuirks },
    speech: {
      path: "/audio/speech",
      shape: "openai",
      quirks: {
        formats: "mp3 wav pcm",
        defaultFormat: "mp3",
        pcm: "raw",
        pcmEncoding: "pcm_s16le",
        pcmRate: 24_000,
        lacks: "instructions speed",
        events: false,
      },
    },
    transcription: { path: "/audio/transcriptions", shape: "openai", quirks: transcriptQuirks },
    translation: { path: "/audio/translations", shape: "openai", quirks: transcriptQuirks },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "openai/gpt-oss-120b",
  sources: [
    "https://docs.together.ai/docs/inference/openai-compatibility",
    "https://docs.together.ai/reference/post-images-generations",
    "https://docs.together.ai/reference/audio-speech",
  ],
} as const satisfies ProviderProfile;
