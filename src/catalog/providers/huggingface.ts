import type { ProviderProfile } from "../provider-profile.ts";

/** Hugging Face. */
export const huggingfaceProfile = {
  type: "huggingface",
  label: "Hugging Face",
  baseUrl: "https://router.huggingface.co",
  auth: { kind: "bearer" },
  keyVariable: "HF_TOKEN",
  chat: {
    dialect: "openai-chat",
    basePath: "/v1",
    // https://huggingface.co/docs/inference-providers/tasks/chat-completion
    quirks: {
      developerRole: false,
      refusals: false,
      allowedTools: false,
      endUser: "user",
      limit: "max_tokens",
      thinkTags: true,
      efforts: "none minimal low medium high xhigh",
      less: "logitBias choices endUser metadata store promptCacheKey verbosity serviceTier",
    },
  },
  apis: {
    responses: { path: "/v1/responses", shape: "openai" },
    embeddings: { path: "/hf-inference/models/{model}/pipeline/feature-extraction", shape: "huggingface" },
    images: { path: "/hf-inference/models/{model}", shape: "huggingface" },
    models: { path: "/v1/models", shape: "openai" },
  },
  exampleModel: "openai/gpt-oss-120b",
  sources: [
    "https://huggingface.co/docs/inference-providers/index",
    "https://huggingface.co/docs/inference-providers/guides/responses-api",
    "https://huggingface.co/docs/inference-providers/tasks/feature-extraction",
    "https://huggingface.co/docs/inference-providers/tasks/text-to-image",
  ],
} as const satisfies ProviderProfile;
