import type { ProviderProfile } from "../provider-profile.ts";

/** vLLM. */
export const vllmProfile = {
  type: "vllm",
  label: "vLLM",
  baseUrl: "http://127.0.0.1:8000/v1",
  auth: { kind: "optional-bearer" },
  keyVariable: null,
  chat: {
    dialect: "openai-chat",
    // https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html
    quirks: {
      developerRole: false,
      refusals: false,
      allowedTools: false,
      endUser: "user",
      limit: "max_tokens",
      strictTools: false,
      prefix: "continue_final_message",
      thinkingBack: "reasoning",
      thinkingControl: "template",
      efforts: "low medium high",
      thinkTags: true,
      more: "topK minP repetitionPenalty",
      less: "metadata store promptCacheKey verbosity serviceTier",
    },
  },
  apis: {
    responses: { path: "/responses", shape: "openai" },
    embeddings: { path: "/embeddings", shape: "openai" },
    rerank: { path: "/rerank", shape: "cohere" },
    transcription: { path: "/audio/transcriptions", shape: "openai" },
    translation: { path: "/audio/translations", shape: "openai" },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "my-model",
  sources: ["https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html"],
} as const satisfies ProviderProfile;
