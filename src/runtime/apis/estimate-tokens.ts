import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { Message } from "../../canonical/message.ts";

/** Counts the tokens of texts with a tokenizer of its own; see `estimateWith`. */
export type TokenEstimator = (prompt: PromptTexts) => Promise<number>;

/** What of a request is text, and what else it has. */
export interface PromptTexts {
  readonly texts: readonly string[];
  readonly messages: number;
  /** Pictures, files and recordings. */
  readonly media: number;
}

/** Tokens around a message: who speaks, where it ends. Source: https://developers.openai.com/cookbook (counting tokens) */
const TOKENS_PER_MESSAGE = 4;

/** A picture of usual size, in the middle of what vendors count for one. */
const TOKENS_PER_MEDIUM = 1_000;

/** An estimator over a tokenizer. @param count tokens of each text */
export function estimateWith(
  count: (texts: readonly string[]) => Promise<readonly number[]>,
): TokenEstimator {
  return async ({ texts, messages, media }) => {
    const counts = await count(texts);
    const words = counts.reduce((sum, tokens) => sum + tokens, 0);
    return words + messages * TOKENS_PER_MESSAGE + media * TOKENS_PER_MEDIUM;
  };
}

/** Texts of a request, tools included. */
export function textsOf({ messages, tools = [], responseFormat }: ChatRequest): PromptTexts {
  const texts: string[] = [];
  let media = 0;
  for (const { content } of messages) {
    for (const part of content as readonly Part[]) {
      if (part.type === "text" || part.type === "refusal" || part.type === "reasoning") texts.push(part.text);
      else if (part.type === "tool-call") texts.push(part.name, part.arguments);
      else if (part.type === "vendor") texts.push(JSON.stringify(part.value));
      else if (part.type === "spoken") texts.push(part.transcript ?? "");
      else media++;
    }
  }
  for (const tool of tools) texts.push(JSON.stringify(tool));
  if (responseFormat?.type === "json-schema") texts.push(JSON.stringify(responseFormat.schema));
  return { texts, messages: messages.length, media };
}

type Part = Message["content"][number];
