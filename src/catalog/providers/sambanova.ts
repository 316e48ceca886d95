import type { ProviderProfile } from "../provider-profile.ts";

/** SambaNova. */
export const sambanovaProfile = {
  type: "sambanova",
  label: "SambaNova",
  baseUrl: "https://api.sambanova.ai/v1",
  auth: { kind: "bearer" },
  keyVariable: "SAMBANOVA_API_KEY",
  chat: {
    dialect: "openai-chat",
    // https://docs.sambanova.ai/docs/en/features/openai-compatibility
    quirks: {
      developerRole: false,
      refusals: false,
      allowedTools: false,
      endUser: "user",
      limit: "max_tokens",
      efforts: "low medium high",
      thinkTags: true,
      more: "topK",
      less: "frequencyPenalty presencePenalty logitBias logprobs choices seed endUser metadata store promptCacheKey verbosity serviceTier",
    },
  },
  apis: {
    embeddings: { path: "/embeddings", shape: "openai" },
    transcription: { path: "/audio/transcriptions", shape: "openai" },
    translation: { path: "/audio/translations", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "Meta-Llama-3.3-70B-Instruct",
  sources: [
    "https://docs.sambanova.ai/docs/en/features/openai-compatibility",
    "https://docs.sambanova.ai/docs/en/get-started/api-keys-urls",
  ],
} as const satisfies ProviderProfile;
