import type { ProviderProfile } from "../provider-profile.ts";

/** Perplexity. */
export const perplexityProfile = {
  type: "perplexity",
  label: "Perplexity",
  baseUrl: "https://api.perplexity.ai",
  auth: { kind: "bearer" },
  keyVariable: "PERPLEXITY_API_KEY",
  chat: {
    dialect: "openai-chat",
    // https://docs.perplexity.ai/api-reference/chat-completions-post
    quirks: {
      developerRole: false,
      refusals: false,
      allowedTools: false,
      endUser: "user",
      limit: "max_tokens",
      efforts: "minimal low medium high",
      thinkTags: true,
      more: "topK",
      less: "tools toolChoice parallelToolCalls stop seed choices logprobs logitBias endUser metadata store promptCacheKey verbosity serviceTier",
    },
  },
  sources: ["https://docs.perplexity.ai/api-reference/chat-completions-post"],
} as const satisfies ProviderProfile;
