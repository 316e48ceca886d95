import type { ProviderProfile } from "../provider-profile.ts";

/** any server that speaks OpenAI's API. */
export const openaiCompatibleProfile = {
  type: "openai-compatible",
  label: "any server that speaks OpenAI's API",
  baseUrl: null,
  auth: { kind: "optional-bearer" },
  keyVariable: null,
  chat: {
    dialect: "openai-chat",
    // What servers that nobody has looked at are likely to take.
    quirks: {
      developerRole: false,
      refusals: false,
      allowedTools: false,
      endUser: "user",
      limit: "max_tokens",
      strictTools: false,
      metadataNeedsStore: false,
      thinkingBack: "reasoning_content",
      thinkTags: true,
      more: "topK minP repetitionPenalty",
    },
  },
  apis: {
    responses: { path: "/responses", shape: "openai" },
    embeddings: { path: "/embeddings", shape: "openai" },
    rerank: { path: "/rerank", shape: "cohere" },
    images: { path: "/images/generations", shape: "openai" },
    imageEdits: { path: "/images/edits", shape: "openai" },
    speech: { path: "/audio/speech", shape: "openai" },
    transcription: { path: "/audio/transcriptions", shape: "openai" },
    translation: { path: "/audio/translations", shape: "openai" },
    moderations: { path: "/moderations", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "my-model",
  sources: ["https://platform.openai.com/docs/api-reference"],
} as const satisfies ProviderProfile;
