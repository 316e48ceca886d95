import type { ProviderProfile } from "../provider-profile.ts";

/** LM Studio. */
export const lmstudioProfile = {
  type: "lmstudio",
  label: "LM Studio",
  baseUrl: "http://127.0.0.1:1234/v1",
  auth: { kind: "optional-bearer" },
  keyVariable: "LM_API_TOKEN",
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
    further: [{ dialect: "anthropic-messages" }],
  },
  apis: {
    responses: { path: "/responses", shape: "openai" },
    embeddings: { path: "/embeddings", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "openai/gpt-oss-20b",
  sources: [
    "https://lmstudio.ai/docs/developer/openai-compat",
    "https://lmstudio.ai/docs/developer/anthropic-compat",
    "https://lmstudio.ai/docs/developer/core/authentication",
  ],
} as const satisfies ProviderProfile;
