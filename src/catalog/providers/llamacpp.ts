import type { ProviderProfile } from "../provider-profile.ts";

/** llama.cpp server. */
export const llamacppProfile = {
  type: "llamacpp",
  label: "llama.cpp server",
  baseUrl: "http://127.0.0.1:8080/v1",
  auth: { kind: "optional-bearer" },
  keyVariable: null,
  chat: { dialect: "openai-chat" },
  apis: {
    embeddings: { path: "/embeddings", shape: "openai" },
    rerank: { path: "/rerank", shape: "jina" },
    models: { path: "/models", shape: "openai" },
  },
  sources: ["https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md"],
} as const satisfies ProviderProfile;
