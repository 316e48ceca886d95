import type { ChatDialectName } from "../canonical/content.ts";
import { bedrockConverse } from "./bedrock-converse/index.ts";
import type { CallerDialect, ChatDialect } from "./dialect.ts";
import { ollamaChat } from "./ollama-chat/index.ts";
import { openaiChat } from "./openai-chat/index.ts";

/** Dialects that callers speak. */
export const callerDialects = {
  "openai-chat": openaiChat,
} as const satisfies Readonly<Record<string, CallerDialect>>;

/** Dialects that vendors speak. */
export const chatDialects: Readonly<Partial<Record<ChatDialectName, ChatDialect>>> = {
  ...callerDialects,
  "bedrock-converse": bedrockConverse,
  "ollama-chat": ollamaChat,
};
