import type { ProviderProfile } from "../provider-profile.ts";

/** Google AI Studio. */
export const googleProfile = {
  type: "google",
  label: "Google AI Studio",
  baseUrl: "https://generativelanguage.googleapis.com/v1beta",
  otherAddresses: [
    {
      what: "Vertex AI in express mode, by its API key: conversations alone",
      baseUrl: "https://aiplatform.googleapis.com/v1/publishers/google",
    },
  ],
  auth: { kind: "header", name: "x-goog-api-key" },
  keyVariable: "GEMINI_API_KEY",
  chat: { dialect: "gemini" },
  apis: {
    embeddings: { path: "/models/{model}:batchEmbedContents", shape: "gemini" },
    images: { path: "/models/{model}", shape: "gemini" },
    imageEdits: { path: "/models/{model}", shape: "gemini" },
    speech: { path: "/models/{model}", shape: "gemini" },
    models: { path: "/models", shape: "gemini" },
  },
  exampleModel: "gemini-3.8-flash",
  sources: [
    "https://ai.google.dev/api",
    "https://ai.google.dev/gemini-api/docs/api-key",
    "https://ai.google.dev/gemini-api/docs/image-generation",
    "https://ai.google.dev/gemini-api/docs/speech-generation",
    "https://cloud.google.com/vertex-ai/generative-ai/docs/start/express-mode/vertex-ai-express-mode-api-reference",
  ],
} as const satisfies ProviderProfile;
