import type { ProviderProfile } from "../provider-profile.ts";

/** Hugging Face. */
export const huggingfaceProfile = {
  type: "huggingface",
  label: "Hugging Face",
  baseUrl: "https://router.huggingface.co/v1",
  auth: { kind: "bearer" },
  keyVariable: "HF_TOKEN",
  chat: { dialect: "openai-chat" },
  apis: {
    models: { path: "/models", shape: "openai" },
  },
  sources: ["https://huggingface.co/docs/inference-providers/index"],
} as const satisfies ProviderProfile;
