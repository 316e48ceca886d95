import type { ProviderProfile } from "../provider-profile.ts";

/** Jina AI. */
export const jinaProfile = {
  type: "jina",
  label: "Jina AI",
  baseUrl: "https://api.jina.ai/v1",
  auth: { kind: "bearer" },
  keyVariable: "JINA_API_KEY",
  chat: null,
  apis: {
    embeddings: { path: "/embeddings", shape: "jina" },
    rerank: { path: "/rerank", shape: "jina" },
  },
  exampleModel: "jina-embeddings-v3",
  sources: ["https://jina.ai/embeddings/", "https://api.jina.ai/redoc"],
} as const satisfies ProviderProfile;
