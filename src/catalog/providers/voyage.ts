import type { ProviderProfile } from "../provider-profile.ts";

/** Voyage AI. */
export const voyageProfile = {
  type: "voyage",
  label: "Voyage AI",
  baseUrl: "https://api.voyageai.com/v1",
  auth: { kind: "bearer" },
  keyVariable: "VOYAGE_API_KEY",
  chat: null,
  apis: {
    embeddings: { path: "/embeddings", shape: "voyage" },
    rerank: { path: "/rerank", shape: "voyage" },
  },
  exampleModel: "voyage-3.5",
  sources: [
    "https://docs.voyageai.com/reference/embeddings-api",
    "https://docs.voyageai.com/reference/reranker-api",
  ],
} as const satisfies ProviderProfile;
