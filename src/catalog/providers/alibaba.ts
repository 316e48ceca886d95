import type { ProviderProfile } from "../provider-profile.ts";

/** Alibaba Cloud Model Studio (DashScope). */
export const alibabaProfile = {
  type: "alibaba",
  label: "Alibaba Cloud Model Studio (DashScope)",
  baseUrl: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
  auth: { kind: "bearer" },
  keyVariable: "DASHSCOPE_API_KEY",
  chat: { dialect: "openai-chat" },
  apis: {
    embeddings: { path: "/embeddings", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  sources: ["https://www.alibabacloud.com/help/en/model-studio/compatibility-of-openai-with-dashscope"],
} as const satisfies ProviderProfile;
