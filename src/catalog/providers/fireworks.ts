import type { ProviderProfile } from "../provider-profile.ts";

/** Fireworks AI. */
export const fireworksProfile = {
  type: "fireworks",
  label: "Fireworks AI",
  baseUrl: "https://api.fireworks.ai/inference/v1",
  auth: { kind: "bearer" },
  keyVariable: "FIREWORKS_API_KEY",
  chat: { dialect: "openai-chat" },
  apis: {
    embeddings: { path: "/embeddings", shape: "openai" },
    rerank: { path: "/rerank", shape: "cohere" },
    models: { path: "/models", shape: "openai" },
  },
  sources: ["https://docs.fireworks.ai/tools-sdks/openai-compatibility"],
} as const satisfies ProviderProfile;
