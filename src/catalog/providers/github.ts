import type { ProviderProfile } from "../provider-profile.ts";

/** GitHub Models, which GitHub has retired; proxies that speak its API are reached by a base URL. */
export const githubProfile = {
  type: "github",
  label: "GitHub Models",
  baseUrl: "https://models.github.ai/inference",
  auth: { kind: "bearer" },
  keyVariable: "GITHUB_TOKEN",
  chat: {
    dialect: "openai-chat",
    // https://docs.github.com/en/rest/models/inference
    quirks: {
      limit: "max_tokens",
      refusals: false,
      allowedTools: false,
      endUser: "user",
      less: "logprobs logitBias choices endUser metadata store promptCacheKey verbosity serviceTier",
    },
  },
  apis: {
    embeddings: { path: "/embeddings", shape: "openai" },
  },
  retiredOn: "2026-07-30",
  exampleModel: "openai/gpt-4.1",
  sources: [
    "https://docs.github.com/en/rest/models/inference",
    "https://docs.github.com/en/github-models/quickstart",
    "https://github.com/orgs/community/discussions/203602",
  ],
} as const satisfies ProviderProfile;
