import type { ProviderProfile } from "../provider-profile.ts";

/** Cohere. */
export const cohereProfile = {
  type: "cohere",
  label: "Cohere",
  baseUrl: "https://api.cohere.com/v2",
  auth: { kind: "bearer" },
  keyVariable: "CO_API_KEY",
  chat: { dialect: "cohere-chat" },
  apis: {
    embeddings: { path: "/embed", shape: "cohere" },
    rerank: { path: "/rerank", shape: "cohere" },
    transcription: { path: "/audio/transcriptions", shape: "cohere" },
  },
  exampleModel: "command-a-03-2025",
  sources: [
    "https://docs.cohere.com/reference/about",
    "https://docs.cohere.com/v2/reference/chat",
    "https://docs.cohere.com/reference/create-audio-transcription",
  ],
} as const satisfies ProviderProfile;
