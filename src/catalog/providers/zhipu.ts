import type { ProviderProfile } from "../provider-profile.ts";

/** Zhipu AI (Z.ai). */
export const zhipuProfile = {
  type: "zhipu",
  label: "Zhipu AI (Z.ai)",
  baseUrl: "https://api.z.ai/api/paas/v4",
  otherAddresses: [
    { what: "China, with keys of its own", baseUrl: "https://open.bigmodel.cn/api/paas/v4" },
    { what: "keys of the GLM Coding Plan", baseUrl: "https://api.z.ai/api/coding/paas/v4" },
  ],
  auth: { kind: "bearer" },
  keyVariable: "ZAI_API_KEY",
  chat: {
    dialect: "openai-chat",
    // https://docs.z.ai/api-reference/llm/chat-completion, https://docs.z.ai/guides/capabilities/thinking-mode
    quirks: {
      limit: "max_tokens",
      developerRole: false,
      names: false,
      refusals: false,
      streamOptions: false,
      endUser: "user_id",
      toolChoice: "auto",
      strictTools: false,
      thinkingBack: "reasoning_content",
      thinkingControl: "thinking+effort",
      efforts: "low high max",
      jsonSchema: false,
      less: "frequencyPenalty presencePenalty seed choices logprobs logitBias parallelToolCalls metadata store promptCacheKey verbosity serviceTier",
    },
  },
  apis: {
    embeddings: { path: "/embeddings", shape: "openai" },
    images: {
      path: "/images/generations",
      shape: "openai",
      quirks: {
        gives: "url",
        lacks:
          "images mask count answerAs style background moderation outputFormat outputCompression inputFidelity endUser partialImages",
      },
    },
    transcription: {
      path: "/audio/transcriptions",
      shape: "openai",
      quirks: {
        formats: "json",
        lacks: "language temperature timestamps logprobs chunking speakerNames speakerReferences",
        stream: false,
      },
    },
  },
  exampleModel: "glm-4.7",
  sources: [
    "https://docs.z.ai/guides/develop/http/introduction",
    "https://docs.z.ai/openapi.json",
    "https://hexdocs.pm/agentic/Agentic.LLM.Provider.Zai.md",
    "https://docs.z.ai/api-reference/image/generate-image",
    "https://docs.z.ai/api-reference/audio/audio-transcriptions",
  ],
} as const satisfies ProviderProfile;
