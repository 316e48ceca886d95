import type { ProviderProfile } from "../provider-profile.ts";

/** Vertex AI. */
export const vertexProfile = {
  type: "vertex",
  label: "Vertex AI",
  baseUrl: "https://{location}-aiplatform.googleapis.com/v1/projects/{project}/locations/{location}",
  options: [
    { name: "project", meaning: "id of the Google Cloud project" },
    { name: "location", meaning: "region, such as `europe-west4`" },
  ],
  auth: { kind: "google-token" },
  keyVariable: "GOOGLE_APPLICATION_CREDENTIALS",
  chat: { dialect: "gemini" },
  apis: {
    embeddings: { path: "/publishers/google/models/{model}:embedContent", shape: "gemini" },
  },
  sources: [
    "https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference",
    "https://cloud.google.com/vertex-ai/docs/reference/rest",
  ],
} as const satisfies ProviderProfile;
