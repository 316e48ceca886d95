import type { ProviderProfile } from "../provider-profile.ts";

/** Moonshot AI. */
export const moonshotProfile = {
  type: "moonshot",
  label: "Moonshot AI",
  baseUrl: "https://api.moonshot.ai/v1",
  auth: { kind: "bearer" },
  keyVariable: "MOONSHOT_API_KEY",
  chat: { dialect: "openai-chat" },
  apis: {
    models: { path: "/models", shape: "openai" },
  },
  sources: ["https://platform.moonshot.ai/docs/api/chat"],
} as const satisfies ProviderProfile;
