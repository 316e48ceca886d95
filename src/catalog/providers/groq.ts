import type { ProviderProfile } from "../provider-profile.ts";

/** Groq. */
export const groqProfile = {
  type: "groq",
  label: "Groq",
  baseUrl: "https://api.groq.com/openai/v1",
  auth: { kind: "bearer" },
  keyVariable: "GROQ_API_KEY",
  chat: {
    dialect: "openai-chat",
    // https://console.groq.com/docs/openai, https://console.groq.com/docs/reasoning
    quirks: {
      developerRole: false,
      refusals: false,
      allowedTools: false,
      endUser: "user",
      names: false,
      usageIn: "x_groq",
      thinkingBack: "reasoning",
      efforts: "none low medium high",
      thinkTags: true,
      less: "logprobs logitBias choices metadata store promptCacheKey verbosity",
    },
  },
  apis: {
    responses: { path: "/responses", shape: "openai" },
    speech: { path: "/audio/speech", shape: "openai" },
    transcription: { path: "/audio/transcriptions", shape: "openai" },
    translation: { path: "/audio/translations", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "openai/gpt-oss-120b",
  sources: ["https://console.groq.com/docs/openai", "https://console.groq.com/docs/api-reference"],
} as const satisfies ProviderProfile;
