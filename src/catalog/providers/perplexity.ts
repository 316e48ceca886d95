import type { ProviderProfile } from "../provider-profile.ts";

/** Perplexity. */
export const perplexityProfile = {
  type: "perplexity",
  label: "Perplexity",
  baseUrl: "https://api.perplexity.ai",
  auth: { kind: "bearer" },
  keyVariable: "PERPLEXITY_API_KEY",
  chat: { dialect: "openai-chat" },
  sources: ["https://docs.perplexity.ai/api-reference/chat-completions-post"],
} as const satisfies ProviderProfile;
