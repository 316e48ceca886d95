import type { ProviderProfile } from "../provider-profile.ts";

/** Cloudflare Workers AI. */
export const cloudflareProfile = {
  type: "cloudflare",
  label: "Cloudflare Workers AI",
  baseUrl: "https://api.cloudflare.com/client/v4/accounts/{account}/ai/v1",
  options: [
    { name: "account", meaning: "id of the Cloudflare account", example: "023e105f4ecef8ad9ca31a8372d0c353" },
  ],
  auth: { kind: "bearer" },
  keyVariable: "CLOUDFLARE_API_TOKEN",
  chat: {
    dialect: "openai-chat",
    // https://developers.cloudflare.com/workers-ai/configuration/open-ai-compatibility/
    quirks: {
      developerRole: false,
      refusals: false,
      allowedTools: false,
      endUser: "user",
      limit: "max_tokens",
      thinkTags: true,
      efforts: "low medium high",
      more: "topK repetitionPenalty",
      less: "logprobs logitBias choices endUser metadata store promptCacheKey verbosity serviceTier",
    },
  },
  apis: {
    responses: { path: "/responses", shape: "openai" },
    embeddings: { path: "/embeddings", shape: "openai" },
  },
  exampleModel: "@cf/openai/gpt-oss-120b",
  sources: ["https://developers.cloudflare.com/workers-ai/configuration/open-ai-compatibility/"],
} as const satisfies ProviderProfile;
