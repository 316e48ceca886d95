import type { ProviderProfile } from "../provider-profile.ts";

/** Ollama. */
export const ollamaProfile = {
  type: "ollama",
  label: "Ollama",
  baseUrl: "http://127.0.0.1:11434",
  auth: { kind: "optional-bearer" },
  keyVariable: null,
  chat: { dialect: "ollama-chat" },
  apis: {
    embeddings: { path: "/api/embed", shape: "ollama" },
    models: { path: "/api/tags", shape: "ollama" },
  },
  sources: ["https://github.com/ollama/ollama/blob/main/docs/api.md"],
} as const satisfies ProviderProfile;
