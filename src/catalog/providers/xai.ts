import type { ProviderProfile } from "../provider-profile.ts";

const imageQuirks = {
  size: "aspect-ratio",
  inputs: "objects",
  lacks: "style background moderation outputFormat outputCompression inputFidelity partialImages mask",
  knows: "aspectRatio",
} as const;

/**
 * xAI. It calls Chat Completions its older API; Responses are kept by it for 30 days unless a request says otherwise.
 */
export const xaiProfile = {
  type: "xai",
  label: "xAI",
  baseUrl: "https://api.x.ai/v1",
  auth: { kind: "bearer" },
  keyVariable: "XAI_API_KEY",
  chat: {
    dialect: "openai-chat",
    alsoSpeaks: ["openai-responses"],
    // https://docs.x.ai/docs/api-reference (`Chat completions`)
    quirks: {
      developerRole: false,
      refusals: false,
      allowedTools: false,
      endUser: "user",
      thinkingBack: "reasoning_content",
      efforts: "none low medium high",
      less: "logitBias metadata store promptCacheKey verbosity serviceTier",
    },
  },
  apis: {
    responses: { path: "/responses", shape: "openai" },
    images: { path: "/images/generations", shape: "openai", quirks: imageQuirks },
    imageEdits: { path: "/images/edits", shape: "openai", quirks: imageQuirks },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "grok-4.3",
  sources: [
    "https://docs.x.ai/docs/api-reference",
    "https://docs.x.ai/developers/model-capabilities/text/comparison",
    "https://docs.x.ai/docs/guides/image-generations",
  ],
} as const satisfies ProviderProfile;
