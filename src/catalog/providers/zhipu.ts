import type { ProviderProfile } from "../provider-profile.ts";

/** Zhipu AI (Z.ai). */
export const zhipuProfile = {
  type: "zhipu",
  label: "Zhipu AI (Z.ai)",
  baseUrl: "https://api.z.ai/api/paas/v4",
  auth: { kind: "bearer" },
  keyVariable: "ZAI_API_KEY",
  chat: { dialect: "openai-chat" },
  apis: {
    embeddings: { path: "/embeddings", shape: "openai" },
    images: { path: "/images/generations", shape: "openai" },
  },
  sources: ["https://docs.z.ai/api-reference/introduction"],
} as const satisfies ProviderProfile;
