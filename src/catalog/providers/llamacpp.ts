import type { ProviderProfile } from "../provider-profile.ts";

/** llama.cpp server. */
export const llamacppProfile = {
  type: "llamacpp",
  label: "llama.cpp server",
  baseUrl: "http://127.0.0.1:8080/v1",
  auth: { kind: "optional-bearer" },
  keyVariable: null,
  chat: {
    dialect: "openai-chat",
    // https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md (`/v1/chat/completions`)
    quirks: {
      developerRole: false,
      refusals: false,
      allowedTools: false,
      endUser: "user",
      limit: "max_tokens",
      strictTools: false,
      prefix: "implied",
      thinkingBack: "reasoning_content",
      thinkingControl: "template",
      efforts: "low medium high",
      thinkTags: true,
      more: "topK minP",
      less: "endUser metadata store promptCacheKey verbosity serviceTier",
    },
  },
  apis: {
    responses: { path: "/responses", shape: "openai" },
    embeddings: { path: "/embeddings", shape: "openai" },
    rerank: { path: "/rerank", shape: "jina" },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "my-model",
  sources: ["https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md"],
} as const satisfies ProviderProfile;
