import { openHttpChat } from "./http-chat.ts";
import type { ProviderDriver } from "./provider.ts";

/** OpenAI. Source: https://platform.openai.com/docs/api-reference/authentication */
export const openaiDriver: ProviderDriver = {
  open: (provider, dependencies) =>
    openHttpChat(provider, dependencies, {
      path: "/chat/completions",
      credential: (apiKey) => [["authorization", `Bearer ${apiKey}`]],
    }),
};
