import type { ProviderProfile } from "../provider-profile.ts";

/** OpenAI. */
export const openaiProfile = {
  type: "openai",
  label: "OpenAI",
  baseUrl: "https://api.openai.com/v1",
  headerOptions: [
    {
      name: "organization",
      header: "OpenAI-Organization",
      meaning: "organization that is charged",
      example: "org-1",
    },
    { name: "project", header: "OpenAI-Project", meaning: "project that is charged", example: "proj-1" },
  ],
  auth: { kind: "bearer" },
  keyVariable: "OPENAI_API_KEY",
  chat: { dialect: "openai-chat", alsoSpeaks: ["openai-responses"] },
  apis: {
    responses: { path: "/responses", shape: "openai" },
    embeddings: { path: "/embeddings", shape: "openai" },
    images: { path: "/images/generations", shape: "openai" },
    imageEdits: { path: "/images/edits", shape: "openai" },
    speech: { path: "/audio/speech", shape: "openai" },
    transcription: { path: "/audio/transcriptions", shape: "openai" },
    translation: { path: "/audio/translations", shape: "openai" },
    moderations: { path: "/moderations", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "gpt-6-luna",
  sources: ["https://platform.openai.com/docs/api-reference/authentication"],
} as const satisfies ProviderProfile;
