import type { ChatDialectName } from "../canonical/content.ts";
import { anthropicMessages } from "./anthropic-messages/index.ts";
import { tokenCounting as messagesCounting } from "./anthropic-messages/token-counting.ts";
import { bedrockConverse } from "./bedrock-converse/index.ts";
import { tokenCounting as converseCounting } from "./bedrock-converse/token-counting.ts";
import { cohereChat } from "./cohere-chat/index.ts";
import type { CallerDialect, ChatDialect } from "./dialect.ts";
import { gemini } from "./gemini/index.ts";
import { tokenCounting as geminiCounting } from "./gemini/token-counting.ts";
import { ollamaChat } from "./ollama-chat/index.ts";
import { openaiChat } from "./openai-chat/index.ts";
import { openaiResponses } from "./openai-responses/index.ts";
import { tokenCounting as responsesCounting } from "./openai-responses/token-counting.ts";
import type { TargetCounting, TokenCounting } from "./token-counting.ts";

/** Dialects that callers speak. */
export const callerDialects = {
  "openai-chat": openaiChat,
  "openai-responses": openaiResponses,
  "anthropic-messages": anthropicMessages,
  gemini,
} as const satisfies Readonly<Record<string, CallerDialect>>;

/** Dialects that vendors speak. */
export const chatDialects: Readonly<Partial<Record<ChatDialectName, ChatDialect>>> = {
  ...callerDialects,
  "bedrock-converse": bedrockConverse,
  "cohere-chat": cohereChat,
  "ollama-chat": ollamaChat,
};

/** Dialects in which callers have tokens counted. */
export const tokenCountings: Readonly<Partial<Record<ChatDialectName, TokenCounting>>> = {
  "openai-responses": responsesCounting,
  "anthropic-messages": messagesCounting,
  gemini: geminiCounting,
};

/** Dialects in which targets count them. */
export const targetCountings: Readonly<Partial<Record<ChatDialectName, TargetCounting>>> = {
  ...tokenCountings,
  "bedrock-converse": converseCounting,
};
