import { openHttpChat } from "./http-chat.ts";
import type { ProviderDriver } from "./provider.ts";

/** Any server that speaks OpenAI's Chat Completions with a bearer token or without a credential. */
export const openaiCompatibleDriver: ProviderDriver = {
  open: (provider, dependencies) =>
    openHttpChat(provider, dependencies, {
      path: "/chat/completions",
      credential: (apiKey) => [["authorization", `Bearer ${apiKey}`]],
    }),
};
