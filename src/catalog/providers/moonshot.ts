import type { ProviderProfile } from "../provider-profile.ts";

/** Moonshot AI. */
export const moonshotProfile = {
  type: "moonshot",
  label: "Moonshot AI",
  baseUrl: "https://api.moonshot.ai/v1",
  otherAddresses: [{ what: "China, with keys of its own", baseUrl: "https://api.moonshot.cn/v1" }],
  auth: { kind: "bearer" },
  keyVariable: "MOONSHOT_API_KEY",
  chat: {
    dialect: "openai-chat",
    // https://platform.kimi.ai/docs/api/chat, https://platform.kimi.ai/docs/guide/use-thinking-effort
    quirks: {
      developerRole: false,
      refusals: false,
      allowedTools: false,
      endUser: "user",
      prefix: "partial",
      strictTools: false,
      imageUrls: false,
      thinkingInCalls: true,
      forcingEndsThinking: true,
      thinkingBack: "reasoning_content",
      thinkingControl: "thinking+effort",
      efforts: "low high max",
      less: "seed logprobs logitBias parallelToolCalls endUser metadata store verbosity serviceTier",
    },
  },
  apis: {
    responses: { path: "/responses", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "kimi-k2.6",
  sources: [
    "https://platform.kimi.ai/docs/api/overview",
    "https://platform.kimi.ai/docs/api/chat",
    "https://platform.kimi.com/docs/api/overview",
  ],
} as const satisfies ProviderProfile;
