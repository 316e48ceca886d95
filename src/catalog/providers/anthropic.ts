import type { ProviderProfile } from "../provider-profile.ts";

/** Anthropic. */
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
  sources: ["https://docs.anthropic.com/en/api/overview", "https://docs.anthropic.com/en/api/versioning"],
} as const satisfies ProviderProfile;
