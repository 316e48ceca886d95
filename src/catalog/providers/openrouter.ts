import type { ProviderProfile } from "../provider-profile.ts";

/** OpenRouter. */
export const openrouterProfile = {
  type: "openrouter",
  label: "OpenRouter",
  baseUrl: "https://openrouter.ai/api/v1",
  auth: { kind: "bearer" },
  keyVariable: "OPENROUTER_API_KEY",
  chat: { dialect: "openai-chat" },
  apis: {
    embeddings: { path: "/embeddings", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  sources: ["https://openrouter.ai/docs/api-reference/overview"],
} as const satisfies ProviderProfile;
