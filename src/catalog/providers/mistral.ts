import type { ProviderProfile } from "../provider-profile.ts";

/** Mistral. */
export const mistralProfile = {
  type: "mistral",
  label: "Mistral",
  baseUrl: "https://api.mistral.ai/v1",
  auth: { kind: "bearer" },
  keyVariable: "MISTRAL_API_KEY",
  chat: {
    dialect: "openai-chat",
    // https://docs.mistral.ai/api/endpoint/chat
    quirks: {
      limit: "max_tokens",
      developerRole: false,
      names: false,
      refusals: false,
      streamOptions: false,
      seed: "random_seed",
      required: "any",
      allowedTools: false,
      toolCallIdLength: 9,
      prefix: "prefix",
      metadataNeedsStore: false,
      thinkingBack: "parts",
      files: "document_url",
      plainAudio: true,
      less: "logprobs logitBias endUser store verbosity",
    },
  },
  apis: {
    embeddings: { path: "/embeddings", shape: "mistral" },
    speech: { path: "/audio/speech", shape: "mistral" },
    transcription: { path: "/audio/transcriptions", shape: "mistral" },
    moderations: { path: "/moderations", shape: "mistral" },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "mistral-large-latest",
  sources: [
    "https://docs.mistral.ai/api/",
    "https://docs.mistral.ai/capabilities/audio_transcription",
    "https://docs.mistral.ai/capabilities/guardrailing/",
  ],
} as const satisfies ProviderProfile;
