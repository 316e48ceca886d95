import { anthropic } from "./anthropic.ts";
import type { MatrixClient } from "./client.ts";
import { googleGenai } from "./google-genai.ts";
import { langchainOpenai } from "./langchain-openai.ts";
import { openaiChat } from "./openai-chat.ts";
import { openaiResponses } from "./openai-responses.ts";
import { vercelAnthropic, vercelOpenaiChat, vercelOpenaiResponses } from "./vercel-ai.ts";

/** Clients that are pointed at the gateway. */
export const clients: readonly MatrixClient[] = [
  openaiChat,
  openaiResponses,
  anthropic,
  googleGenai,
  vercelOpenaiChat,
  vercelOpenaiResponses,
  vercelAnthropic,
  langchainOpenai,
];
