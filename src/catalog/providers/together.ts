import type { ProviderProfile } from "../provider-profile.ts";

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
    images: { path: "/images/generations", shape: "openai" },
    speech: { path: "/audio/speech", shape: "openai" },
    transcription: { path: "/audio/transcriptions", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "openai/gpt-oss-20b",
  sources: ["https://docs.together.ai/docs/inference/openai-compatibility"],
} as const satisfies ProviderProfile;
