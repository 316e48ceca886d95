import type { ProviderProfile } from "../provider-profile.ts";

/** Mistral. */
export const mistralProfile = {
  type: "mistral",
  label: "Mistral",
  baseUrl: "https://api.mistral.ai/v1",
  auth: { kind: "bearer" },
  keyVariable: "MISTRAL_API_KEY",
  chat: { dialect: "openai-chat" },
  apis: {
    embeddings: { path: "/embeddings", shape: "openai" },
    transcription: { path: "/audio/transcriptions", shape: "openai" },
    moderations: { path: "/moderations", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  sources: ["https://docs.mistral.ai/api/"],
} as const satisfies ProviderProfile;
