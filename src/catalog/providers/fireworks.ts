import type { ProviderProfile } from "../provider-profile.ts";

/** Fireworks AI. */
export const fireworksProfile = {
  type: "fireworks",
  label: "Fireworks AI",
  baseUrl: "https://api.fireworks.ai/inference/v1",
  auth: { kind: "bearer" },
  keyVariable: "FIREWORKS_API_KEY",
  chat: {
    dialect: "openai-chat",
    // https://docs.fireworks.ai/guides/reasoning, https://docs.fireworks.ai/api-reference/post-chatcompletions
    quirks: {
      developerRole: false,
      refusals: false,
      allowedTools: false,
      endUser: "user",
      limit: "max_tokens",
      thinkingBack: "reasoning_content",
      thinkTags: true,
      more: "topK minP repetitionPenalty",
      less: "metadata store promptCacheKey verbosity serviceTier",
    },
  },
  apis: {
    responses: { path: "/responses", shape: "openai" },
    embeddings: { path: "/embeddings", shape: "openai" },
    rerank: { path: "/rerank", shape: "cohere" },
    images: { path: "/workflows/{model}/text_to_image", shape: "fireworks" },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "accounts/fireworks/models/gpt-oss-120b",
  sources: [
    "https://docs.fireworks.ai/tools-sdks/openai-compatibility",
    "https://docs.fireworks.ai/api-reference/generate-a-new-image-from-a-text-prompt",
  ],
} as const satisfies ProviderProfile;
