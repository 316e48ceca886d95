import type { ProviderProfile } from "../provider-profile.ts";

/** GitHub Models. */
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
  exampleModel: "openai/gpt-4.1",
  sources: [
    "https://docs.github.com/en/rest/models/inference",
    "https://docs.github.com/en/github-models/quickstart",
  ],
} as const satisfies ProviderProfile;
