import type { ProviderProfile } from "../provider-profile.ts";

/** Cerebras. */
export const cerebrasProfile = {
  type: "cerebras",
  label: "Cerebras",
  baseUrl: "https://api.cerebras.ai/v1",
  auth: { kind: "bearer" },
  keyVariable: "CEREBRAS_API_KEY",
  chat: { dialect: "openai-chat" },
  apis: {
    models: { path: "/models", shape: "openai" },
  },
  sources: ["https://inference-docs.cerebras.ai/resources/openai"],
} as const satisfies ProviderProfile;
