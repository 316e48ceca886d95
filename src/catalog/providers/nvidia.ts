import type { ProviderProfile } from "../provider-profile.ts";

/** NVIDIA NIM. */
export const nvidiaProfile = {
  type: "nvidia",
  label: "NVIDIA NIM",
  baseUrl: "https://integrate.api.nvidia.com/v1",
  auth: { kind: "bearer" },
  keyVariable: "NVIDIA_API_KEY",
  chat: {
    dialect: "openai-chat",
    // https://docs.api.nvidia.com/nim/reference/llm-apis
    quirks: {
      developerRole: false,
      refusals: false,
      allowedTools: false,
      endUser: "user",
      limit: "max_tokens",
      strictTools: false,
      thinkingBack: "reasoning_content",
      thinkingControl: "template",
      efforts: "low medium high",
      thinkTags: true,
      less: "logitBias choices endUser metadata store promptCacheKey verbosity serviceTier",
    },
  },
  apis: {
    embeddings: { path: "/embeddings", shape: "nvidia" },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "meta/llama-3.3-70b-instruct",
  sources: ["https://docs.api.nvidia.com/nim/reference/llm-apis"],
} as const satisfies ProviderProfile;
