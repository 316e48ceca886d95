import type { ProviderProfile } from "../provider-profile.ts";

/**
 * Azure OpenAI, by its v1 API: a model id is the name of a deployment. The older API is a base URL that ends in
 * `/openai/deployments/NAME`, with a dated `apiVersion`.
 */
export const azureOpenaiProfile = {
  type: "azure-openai",
  label: "Azure OpenAI",
  baseUrl: "https://{resource}.openai.azure.com/openai/v1",
  otherAddresses: [
    {
      what: "the older API of a deployment, with a dated `apiVersion` such as `2024-10-21`: no Responses there",
      baseUrl: "https://RESOURCE.openai.azure.com/openai/deployments/NAME",
      without: { where: "/openai/deployments/", apis: ["responses"] },
    },
  ],
  options: [
    { name: "resource", meaning: "name of the Azure OpenAI resource", example: "my-resource" },
    {
      name: "apiVersion",
      meaning: "version of the API, sent as `api-version`",
      example: "preview",
      optional: true,
    },
  ],
  query: "api-version={apiVersion}",
  auth: {
    kind: "header-or-entra",
    name: "api-key",
    authority: "https://login.microsoftonline.com",
    scope: "https://cognitiveservices.azure.com/.default",
  },
  keyVariable: "AZURE_OPENAI_API_KEY",
  chat: {
    dialect: "openai-chat",
    alsoSpeaks: ["openai-responses"],
    // https://learn.microsoft.com/azure/ai-foundry/openai/latest (`user`)
    quirks: {
      endUser: "user",
    },
  },
  apis: {
    responses: { path: "/responses", shape: "openai" },
    embeddings: { path: "/embeddings", shape: "openai" },
    images: { path: "/images/generations", shape: "openai" },
    imageEdits: { path: "/images/edits", shape: "openai" },
    speech: { path: "/audio/speech", shape: "openai" },
    transcription: { path: "/audio/transcriptions", shape: "openai" },
    translation: { path: "/audio/translations", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "my-gpt-deployment",
  sources: [
    "https://learn.microsoft.com/en-us/azure/foundry/openai/api-version-lifecycle",
    "https://learn.microsoft.com/en-us/azure/ai-foundry/openai/reference",
    "https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow",
  ],
} as const satisfies ProviderProfile;
