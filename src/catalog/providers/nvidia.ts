import type { ProviderProfile } from "../provider-profile.ts";

/** NVIDIA NIM. */
export const nvidiaProfile = {
  type: "nvidia",
  label: "NVIDIA NIM",
  baseUrl: "https://integrate.api.nvidia.com/v1",
  auth: { kind: "bearer" },
  keyVariable: "NVIDIA_API_KEY",
  chat: { dialect: "openai-chat" },
  apis: {
    embeddings: { path: "/embeddings", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  sources: ["https://docs.api.nvidia.com/nim/reference/llm-apis"],
} as const satisfies ProviderProfile;
