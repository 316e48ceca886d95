import type { ProviderProfile } from "../provider-profile.ts";

/** MiniMax. */
export const minimaxProfile = {
  type: "minimax",
  label: "MiniMax",
  baseUrl: "https://api.minimax.io/v1",
  otherAddresses: [{ what: "China, with keys of its own", baseUrl: "https://api.minimaxi.com/v1" }],
  auth: { kind: "bearer" },
  keyVariable: "MINIMAX_API_KEY",
  chat: {
    dialect: "openai-chat",
    // https://platform.minimax.io/docs/api-reference/text-openai-api
    quirks: {
      developerRole: false,
      refusals: false,
      allowedTools: false,
      endUser: "user",
      toolChoice: "auto",
      strictTools: false,
      thinkingBack: "tags",
      thinkingControl: "none",
      thinkTags: true,
      less: "responseFormat frequencyPenalty presencePenalty seed stop choices logprobs logitBias parallelToolCalls endUser metadata store promptCacheKey verbosity serviceTier",
    },
  },
  apis: {
    responses: { path: "/responses", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "MiniMax-M2.7",
  sources: [
    "https://platform.minimax.io/docs/api-reference/text-openai-api",
    "https://docs.getbifrost.ai/providers/supported-providers/minimax",
  ],
} as const satisfies ProviderProfile;
