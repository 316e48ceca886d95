import type { ProviderProfile } from "../provider-profile.ts";

/** DeepInfra. */
export const deepinfraProfile = {
  type: "deepinfra",
  label: "DeepInfra",
  baseUrl: "https://api.deepinfra.com/v1/openai",
  auth: { kind: "bearer" },
  keyVariable: "DEEPINFRA_API_KEY",
  chat: {
    dialect: "openai-chat",
    // https://deepinfra.com/docs/openai_api
    quirks: {
      developerRole: false,
      refusals: false,
      allowedTools: false,
      endUser: "user",
      limit: "max_tokens",
      thinkingBack: "reasoning_content",
      efforts: "none low medium high",
      thinkTags: true,
      more: "topK minP repetitionPenalty",
      less: "metadata store promptCacheKey verbosity serviceTier",
    },
  },
  apis: {
    embeddings: { path: "/embeddings", shape: "openai" },
    images: { path: "/images/generations", shape: "openai" },
    imageEdits: { path: "/images/edits", shape: "openai" },
    speech: { path: "/audio/speech", shape: "openai" },
    transcription: { path: "/audio/transcriptions", shape: "openai" },
    translation: { path: "/audio/translations", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "openai/gpt-oss-120b",
  sources: ["https://deepinfra.com/docs/openai_api", "https://deepinfra.com/docs/advanced/openai_api"],
} as const satisfies ProviderProfile;
