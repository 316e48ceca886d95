import type { ProviderProfile } from "../provider-profile.ts";

/**
 * Alibaba Cloud Model Studio (DashScope), at the shared address of its international region, Singapore. Keys of one
 * region are refused in the others.
 */
export const alibabaProfile = {
  type: "alibaba",
  label: "Alibaba Cloud Model Studio (DashScope)",
  baseUrl: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
  otherAddresses: [
    {
      what: "China (Beijing), with keys of its own",
      baseUrl: "https://dashscope.aliyuncs.com/compatible-mode/v1",
    },
    {
      what: "US (Virginia), with keys of its own",
      baseUrl: "https://dashscope-us.aliyuncs.com/compatible-mode/v1",
    },
    {
      what: "China (Hong Kong), with keys of its own",
      baseUrl: "https://cn-hongkong.dashscope.aliyuncs.com/compatible-mode/v1",
    },
    {
      what: "a workspace's own address in a region, which Alibaba advises for production",
      baseUrl: "https://WORKSPACE.REGION.maas.aliyuncs.com/compatible-mode/v1",
    },
  ],
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
