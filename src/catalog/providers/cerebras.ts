import type { ProviderProfile } from "../provider-profile.ts";

/** Cerebras. */
export const cerebrasProfile = {
  type: "cerebras",
  label: "Cerebras",
  baseUrl: "https://api.cerebras.ai/v1",
  auth: { kind: "bearer" },
  keyVariable: "CEREBRAS_API_KEY",
  chat: {
    dialect: "openai-chat",
    // https://inference-docs.cerebras.ai/resources/openai, https://inference-docs.cerebras.ai/capabilities/reasoning
    quirks: {
      developerRole: false,
      refusals: false,
      allowedTools: false,
      endUser: "user",
      thinkingBack: "tags",
      efforts: "none low medium high",
      less: "frequencyPenalty presencePenalty logitBias choices metadata store promptCacheKey verbosity serviceTier",
    },
  },
  apis: {
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "gpt-oss-120b",
  sources: ["https://inference-docs.cerebras.ai/resources/openai", "https://inference-docs.cerebras.ai"],
} as const satisfies ProviderProfile;
