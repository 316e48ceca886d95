import type { ProviderProfile } from "../provider-profile.ts";

/**
 * Ollama, by its own API. It also speaks OpenAI's and Anthropic's dialects.
 */
export const ollamaProfile = {
  type: "ollama",
  label: "Ollama",
  baseUrl: "http://127.0.0.1:11434",
  otherAddresses: [{ what: "Ollama's cloud, by an API key", baseUrl: "https://ollama.com" }],
  auth: { kind: "optional-bearer" },
  keyVariable: "OLLAMA_API_KEY",
  chat: {
    dialect: "ollama-chat",
    further: [
      { dialect: "openai-chat", basePath: "/v1" },
      { dialect: "openai-responses", basePath: "/v1" },
      { dialect: "anthropic-messages", basePath: "/v1" },
    ],
  },
  apis: {
    embeddings: { path: "/api/embed", shape: "ollama" },
    models: { path: "/api/tags", shape: "ollama" },
  },
  exampleModel: "gpt-oss:20b",
  sources: ["https://docs.ollama.com/api/introduction", "https://docs.ollama.com/api/authentication"],
} as const satisfies ProviderProfile;
