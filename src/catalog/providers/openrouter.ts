import type { ProviderProfile } from "../provider-profile.ts";

/** OpenRouter. */
export const openrouterProfile = {
  type: "openrouter",
  label: "OpenRouter",
  baseUrl: "https://openrouter.ai/api/v1",
  headerOptions: [
    {
      name: "referer",
      header: "HTTP-Referer",
      meaning: "address of your application",
      example: "https://shop.example",
    },
    { name: "title", header: "X-OpenRouter-Title", meaning: "name of your application", example: "Shop" },
  ],
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
    responses: { path: "/responses", shape: "openai" },
    embeddings: { path: "/embeddings", shape: "openai" },
    rerank: { path: "/rerank", shape: "cohere" },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "anthropic/claude-haiku-4.5",
  sources: [
    "https://openrouter.ai/docs/api-reference/overview",
    "https://openrouter.ai/docs/app-attribution",
  ],
} as const satisfies ProviderProfile;
