import type { ProviderProfile } from "../provider-profile.ts";

/** Azure OpenAI. */
export const azureOpenaiProfile = {
  type: "azure-openai",
  label: "Azure OpenAI",
  baseUrl: "https://{resource}.openai.azure.com/openai/v1",
  options: [{ name: "resource", meaning: "name of the Azure OpenAI resource" }],
  auth: { kind: "header", name: "api-key" },
  keyVariable: "AZURE_OPENAI_API_KEY",
  chat: {
    dialect: "openai-chat",
    // https://learn.microsoft.com/azure/ai-foundry/openai/latest (`user`)
    quirks: {
      endUser: "user",
    },
  },
  apis: {
    responses: { path: "/responses", shape: "openai" },
    embeddings: { path: "/embeddings", shape: "openai" },
    images: { path: "/images/generations", shape: "openai" },
    speech: { path: "/audio/speech", shape: "openai" },
    transcription: { path: "/audio/transcriptions", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  sources: [
    "https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle",
    "https://learn.microsoft.com/azure/ai-foundry/openai/latest",
  ],
} as const satisfies ProviderProfile;
