import type { ProviderProfile } from "../provider-profile.ts";

/** LM Studio. */
export const lmstudioProfile = {
  type: "lmstudio",
  label: "LM Studio",
  baseUrl: "http://127.0.0.1:1234/v1",
  auth: { kind: "optional-bearer" },
  keyVariable: null,
  chat: {
    dialect: "openai-chat",
    // https://lmstudio.ai/docs/developer/openai-compat/chat-completions
    quirks: {
      developerRole: false,
      refusals: false,
      allowedTools: false,
      endUser: "user",
      limit: "max_tokens",
      strictTools: false,
      thinkTags: true,
      efforts: "low medium high",
      more: "topK",
      less: "logprobs choices endUser metadata store promptCacheKey verbosity serviceTier",
    },
  },
  apis: {
    responses: { path: "/responses", shape: "openai" },
    embeddings: { path: "/embeddings", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  sources: ["https://lmstudio.ai/docs/developer/openai-compat"],
} as const satisfies ProviderProfile;
