import { anthropicMessages } from "./anthropic-messages.ts";
import { bedrockConverse } from "./bedrock-converse.ts";
import { cohereChat } from "./cohere-chat.ts";
import { gemini } from "./gemini.ts";
import { ollamaChat } from "./ollama-chat.ts";
import { openaiChat } from "./openai-chat.ts";
import { openaiResponses } from "./openai-responses.ts";
import type { Vendor } from "./vendor.ts";

/** One vendor for each dialect that vendors speak. */
export const vendors: readonly Vendor[] = [
  openaiChat,
  openaiResponses,
  anthropicMessages,
  gemini,
  bedrockConverse,
  cohereChat,
  ollamaChat,
];
