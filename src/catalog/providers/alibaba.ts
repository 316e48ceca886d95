import type { ProviderProfile } from "../provider-profile.ts";

/**
 * Alibaba Cloud Model Studio (DashScope), at the shared address of its international region, Singapore. Other regions
 * and a workspace's own address (`https://WORKSPACE.REGION.maas.aliyuncs.com/compatible-mode/v1`) are base URLs.
 */
export const alibabaProfile = {
  type: "alibaba",
  label: "Alibaba Cloud Model Studio (DashScope)",
  baseUrl: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
  auth: { kind: "bearer" },
  keyVariable: "DASHSCOPE_API_KEY",
  chat: {
    dialect: "openai-chat",
    // https://www.alibabacloud.com/help/en/model-studio/qwen-api-via-openai-chat-completions
    quirks: {
      developerRole: false,
      refusals: false,
      allowedTools: false,
      endUser: "user",
      limit: "max_tokens",
      prefix: "partial",
      forcingEndsThinking: true,
      thinkingBack: "reasoning_content",
      thinkingControl: "enable_thinking",
      cacheMarkers: "cache_control",
      more: "topK repetitionPenalty",
      less: "frequencyPenalty logitBias endUser metadata store promptCacheKey verbosity serviceTier",
    },
  },
  apis: {
    embeddings: { path: "/embeddings", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "qwen3.7-max",
  sources: [
    "https://www.alibabacloud.com/help/en/model-studio/base-url",
    "https://www.alibabacloud.com/help/en/model-studio/compatibility-of-openai-with-dashscope",
  ],
} as const satisfies ProviderProfile;
