import type { ProviderProfile } from "../provider-profile.ts";

/** DeepSeek. */
export const deepseekProfile = {
  type: "deepseek",
  label: "DeepSeek",
  baseUrl: "https://api.deepseek.com",
  auth: { kind: "bearer" },
  keyVariable: "DEEPSEEK_API_KEY",
  chat: { dialect: "openai-chat" },
  apis: {
    models: { path: "/models", shape: "openai" },
  },
  sources: ["https://api-docs.deepseek.com/"],
} as const satisfies ProviderProfile;
