import type { ProviderProfile } from "../provider-profile.ts";

/** SambaNova. */
export const sambanovaProfile = {
  type: "sambanova",
  label: "SambaNova",
  baseUrl: "https://api.sambanova.ai/v1",
  auth: { kind: "bearer" },
  keyVariable: "SAMBANOVA_API_KEY",
  chat: { dialect: "openai-chat" },
  apis: {
    embeddings: { path: "/embeddings", shape: "openai" },
    transcription: { path: "/audio/transcriptions", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  sources: ["https://docs.sambanova.ai/docs/en/features/openai-compatibility"],
} as const satisfies ProviderProfile;
