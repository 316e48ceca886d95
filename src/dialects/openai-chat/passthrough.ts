import type { Passthrough } from "../passthrough.ts";
import { readAnswer, readTail } from "./answer-tap.ts";
import { type ChatEnvelope, readEnvelope } from "./envelope.ts";
import { foreignTexts } from "./foreign-texts.ts";
import { rewrite } from "./rewrite.ts";
import { ChatStreamTap } from "./stream-tap.ts";

/** Chat Completions between a caller and a vendor who both speak them. */
export const chatPassthrough: Passthrough<ChatEnvelope> = {
  readEnvelope,
  rewrite,
  readAnswer,
  readTail,
  foreignTexts,
  createTap: ({ includeUsage }) => new ChatStreamTap(!includeUsage),
};
