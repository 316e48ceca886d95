import type { ProviderProfile } from "../provider-profile.ts";

/** Nebius Token Factory. */
export const nebiusProfile = {
  type: "nebius",
  label: "Nebius Token Factory",
  baseUrl: "https://api.tokenfactory.nebius.com/v1",
  auth: { kind: "bearer" },
  keyVariable: "NEBIUS_API_KEY",
  chat: {
    dialect: "openai-chat",
    // https://docs.tokenfactory.nebius.com/api-reference
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
    images: {
      path: "/images/generations",
      shape: "openai",
      quirks: {
        size: "width-height",
        format: "response_extension",
        jpeg: "jpg",
        lacks:
          "images mask count quality style background moderation outputCompression inputFidelity endUser partialImages",
        knows: "seed negativePrompt",
      },
    },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "openai/gpt-oss-120b",
  sources: [
    "https://docs.tokenfactory.nebius.com/api-reference/introduction",
    "https://docs.tokenfactory.nebius.com/quickstart",
  ],
} as const satisfies ProviderProfile;
