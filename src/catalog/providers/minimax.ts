import type { ProviderProfile } from "../provider-profile.ts";

/** MiniMax. */
export const minimaxProfile = {
  type: "minimax",
  label: "MiniMax",
  baseUrl: "https://api.minimax.io/v1",
  auth: { kind: "bearer" },
  keyVariable: "MINIMAX_API_KEY",
  chat: { dialect: "openai-chat" },
  sources: ["https://platform.minimax.io/docs/api-reference/text-openai-api"],
} as const satisfies ProviderProfile;
