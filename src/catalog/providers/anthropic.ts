import type { ProviderProfile } from "../provider-profile.ts";

/**
 * Anthropic. The version 2023-06-01 of its API takes `temperature`, `top_p` and `top_k`; version 2026-10-21 refuses
 * them. A header of the config's own changes it for all calls.
 */
export const anthropicProfile = {
  type: "anthropic",
  label: "Anthropic",
  baseUrl: "https://api.anthropic.com/v1",
  auth: { kind: "header", name: "x-api-key" },
  keyVariable: "ANTHROPIC_API_KEY",
  headers: [["anthropic-version", "2023-06-01"]],
  chat: { dialect: "anthropic-messages" },
  apis: {
    models: { path: "/models", shape: "openai" },
  },
  exampleModel: "claude-haiku-4-5",
  sources: [
    "https://platform.claude.com/docs/en/api/overview",
    "https://platform.claude.com/docs/en/api/versioning",
    "https://platform.claude.com/docs/en/api/migration-2026-10-21",
  ],
} as const satisfies ProviderProfile;
