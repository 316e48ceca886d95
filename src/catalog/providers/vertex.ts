import type { ProviderProfile } from "../provider-profile.ts";

/**
 * Vertex AI: Gemini, Claude (by the ids that Google gives it) and the open models that it serves with OpenAI's
 * dialect. `global` and the multi-regions have host names of their own.
 */
export const vertexProfile = {
  type: "vertex",
  label: "Vertex AI",
  baseUrl: "https://{location}-aiplatform.googleapis.com/v1/projects/{project}/locations/{location}",
  specialBaseUrls: [
    {
      option: "location",
      values: ["global"],
      baseUrl: "https://aiplatform.googleapis.com/v1/projects/{project}/locations/{location}",
    },
    {
      option: "location",
      values: ["eu", "us"],
      baseUrl: "https://aiplatform.{location}.rep.googleapis.com/v1/projects/{project}/locations/{location}",
    },
  ],
  options: [
    { name: "project", meaning: "id of the Google Cloud project", example: "my-project" },
    { name: "location", meaning: "region, multi-region (`eu`, `us`) or `global`", example: "europe-west4" },
  ],
  auth: { kind: "google-token" },
  keyVariable: "GOOGLE_APPLICATION_CREDENTIALS",
  chat: {
    dialect: "gemini",
    quirks: { vertex: true },
    further: [
      { dialect: "anthropic-messages", models: ["claude-"], quirks: { host: "vertex" } },
      {
        dialect: "openai-chat",
        basePath: "/endpoints/openapi",
        models: ["meta/", "deepseek-ai/", "openai/", "qwen/", "zai-org/"],
      },
    ],
  },
  apis: {
    embeddings: { path: "/publishers/google/models/{model}", shape: "vertex" },
    images: { path: "/publishers/google/models/{model}", shape: "gemini" },
    imageEdits: { path: "/publishers/google/models/{model}", shape: "gemini" },
    speech: { path: "/publishers/google/models/{model}", shape: "gemini" },
  },
  exampleModel: "gemini-3.8-flash",
  sources: [
    "https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference",
    "https://cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude/use-claude",
    "https://cloud.google.com/vertex-ai/generative-ai/docs/open-models/use-maas",
    "https://github.com/googleapis/js-genai/blob/main/src/_api_client.ts",
    "https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/imagen-api",
  ],
} as const satisfies ProviderProfile;
