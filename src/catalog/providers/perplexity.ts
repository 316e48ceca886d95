import type { ProviderProfile } from "../provider-profile.ts";

/**
 * Perplexity, by its Agent API, which speaks OpenAI's Responses. The older Sonar API, which spoke Chat Completions at
 * `https://api.perplexity.ai`, has ended on 2026-09-27.
 */
export const perplexityProfile = {
  type: "perplexity",
  label: "Perplexity",
  baseUrl: "https://api.perplexity.ai/v1",
  auth: { kind: "bearer" },
  keyVariable: "PERPLEXITY_API_KEY",
  chat: { dialect: "openai-responses" },
  apis: {
    responses: { path: "/responses", shape: "openai" },
    embeddings: { path: "/embeddings", shape: "perplexity" },
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "perplexity/sonar",
  sources: [
    "https://docs.perplexity.ai/docs/agent-api/migrate-from-sonar/overview",
    "https://docs.perplexity.ai/docs/grounded-llm/openai-compatibility",
  ],
} as const satisfies ProviderProfile;
