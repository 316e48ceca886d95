import type { ProviderProfile } from "../provider-profile.ts";

/** DeepSeek. */
export const deepseekProfile = {
  type: "deepseek",
  label: "DeepSeek",
  baseUrl: "https://api.deepseek.com",
  auth: { kind: "bearer" },
  keyVariable: "DEEPSEEK_API_KEY",
  chat: {
    dialect: "openai-chat",
    // https://api-docs.deepseek.com/api/create-chat-completion, https://api-docs.deepseek.com/guides/thinking_mode
    quirks: {
      limit: "max_tokens",
      developerRole: false,
      textParts: false,
      stops: 16,
      refusals: false,
      allowedTools: false,
      strictTools: false,
      thinkingInCalls: true,
      forcingEndsThinking: true,
      thinkingBack: "reasoning_content",
      thinkingControl: "thinking+effort",
      jsonSchema: false,
      less: "seed logitBias choices parallelToolCalls endUser metadata store promptCacheKey verbosity serviceTier",
    },
  },
  apis: {
    responses: { path: "/responses", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "deepseek-flash",
  sources: ["https://api-docs.deepseek.com/", "https://api-docs.deepseek.com/guides/responses_api"],
} as const satisfies ProviderProfile;
