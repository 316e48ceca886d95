import type { ProviderProfile } from "../provider-profile.ts";

/** OpenRouter. */
export const openrouterProfile = {
  type: "openrouter",
  label: "OpenRouter",
  baseUrl: "https://openrouter.ai/api/v1",
  auth: { kind: "bearer" },
  keyVariable: "OPENROUTER_API_KEY",
  chat: {
    dialect: "openai-chat",
    // https://openrouter.ai/docs/api-reference/overview, https://openrouter.ai/docs/use-cases/reasoning-tokens
    quirks: {
      refusals: false,
      allowedTools: false,
      endUser: "user",
      prefix: "implied",
      thinkingBack: "reasoning_details",
      thinkingControl: "reasoning",
      cacheMarkers: "cache_control",
      files: "file_or_url",
      imageOutput: true,
      more: "topK minP repetitionPenalty",
    },
  },
  apis: {
    embeddings: { path: "/embeddings", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  sources: ["https://openrouter.ai/docs/api-reference/overview"],
} as const satisfies ProviderProfile;
