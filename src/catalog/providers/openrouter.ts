import type { ProviderProfile } from "../provider-profile.ts";

const imageQuirks = {
  size: "aspect-ratio",
  inputs: "references",
  lacks: "style moderation inputFidelity answerAs endUser partialImages mask",
  knows: "aspectRatio",
} as const;

/** OpenRouter. */
export const openrouterProfile = {
  type: "openrouter",
  label: "OpenRouter",
  baseUrl: "https://openrouter.ai/api/v1",
  headerOptions: [
    {
      name: "referer",
      header: "HTTP-Referer",
      meaning: "address of your application",
      example: "https://shop.example",
    },
    { name: "title", header: "X-OpenRouter-Title", meaning: "name of your application", example: "Shop" },
  ],
  auth: { kind: "bearer" },
  keyVariable: "OPENROUTER_API_KEY",
  chat: {
    dialect: "openai-chat",
    // https://openrouter.ai/docs/api-reference/overview, https://openrouter.ai/docs/use-cases/reasoning-tokens
    quirks: {
      refusals: false,
      allowedTools: false,
      endUser: "user",
      prefix: "implied",
      metadataNeedsStore: false,
      thinkingBack: "reasoning_details",
      thinkingControl: "reasoning",
      cacheMarkers: "cache_control",
      files: "file_or_url",
      imageOutput: true,
      more: "topK minP repetitionPenalty",
    },
  },
  apis: {
    responses: { path: "/responses", shape: "openai" },
    embeddings: { path: "/embeddings", shape: "openai" },
    rerank: { path: "/rerank", shape: "cohere" },
    images: { path: "/images", shape: "openai", quirks: imageQuirks },
    imageEdits: { path: "/images", shape: "openai", quirks: imageQuirks },
    speech: { path: "/audio/speech", shape: "openai" },
    transcription: {
      path: "/audio/transcriptions",
      shape: "openai",
      quirks: {
        formats: "json verbose_json",
        lacks: "prompt logprobs chunking speakerNames speakerReferences",
        stream: false,
      },
    },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "anthropic/claude-haiku-4.5",
  sources: [
    "https://openrouter.ai/docs/api-reference/overview",
    "https://openrouter.ai/docs/app-attribution",
    "https://openrouter.ai/docs/client-sdks/typescript/models/imagegenerationrequest",
    "https://openrouter.ai/docs/guides/overview/multimodal/stt",
  ],
} as const satisfies ProviderProfile;
