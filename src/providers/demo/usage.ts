import type { CompletionUsage } from "openai/resources/completions";
import type { DemoMessage } from "./messages.ts";
import { DemoRefusal } from "./refusal.ts";
import type { DemoRequest } from "./request.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** Tokens of context that a demo model takes. */
export const CONTEXT_TOKENS = 128_000;
/** Texts beyond this many UTF-16 code units are refused before anything is counted. */
export const MAX_PROMPT_CHARACTERS = 1_000_000;
/** Tokens of an image, a sound or a file, whatever its size: what OpenAI charges for an image of low detail. */
export const ATTACHMENT_TOKENS = 85;

const PER_MESSAGE = 3;
const PER_NAME = 1;
const PRIMING = 3;

/**
 * Tokens of a request's messages by the rule of OpenAI's cookbook: 3 for each message, 1 for each name, 3 that
 * begin the answer, and the tokens of all roles, names and contents. Added to it: names and arguments of past
 * tool calls, 85 for each part that is not text, and the tools and the schema as JSON.
 * Source: https://github.com/openai/openai-cookbook/blob/main/examples/How_to_count_tokens_with_tiktoken.ipynb
 * @throws DemoRefusal when the request is longer than the context; LatchkeyError when the tokenizer fails.
 */
export async function countPrompt(request: DemoRequest, tokenizer: Tokenizer): Promise<number> {
  const { messages, tools, responseFormat } = request;
  const texts = messages.flatMap(textsOf);
  texts.push(tools.definitions);
  if (responseFormat.type === "json_schema") texts.push(JSON.stringify(responseFormat.schema));
  if (texts.reduce((sum, text) => sum + text.length, 0) > MAX_PROMPT_CHARACTERS) {
    throw tooLong(`more than ${MAX_PROMPT_CHARACTERS} characters`);
  }
  const counts = await tokenizer.count(texts);
  const overhead = messages.reduce((sum, message) => sum + overheadOf(message), PRIMING);
  const tokens = counts.reduce((sum, count) => sum + count, overhead);
  if (tokens > CONTEXT_TOKENS) throw tooLong(`${tokens} tokens`);
  return tokens;
}

/** Usage as an answer reports it. */
export function usageOf(promptTokens: number, completionTokens: number): CompletionUsage {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
  };
}

function textsOf(message: DemoMessage): string[] {
  const texts: string[] = [message.role, message.plainText];
  if (message.name !== undefined) texts.push(message.name);
  for (const call of message.toolCalls) texts.push(call.name, call.arguments);
  return texts;
}

function overheadOf({ name, attachments }: DemoMessage): number {
  return PER_MESSAGE + (name === undefined ? 0 : PER_NAME) + attachments * ATTACHMENT_TOKENS;
}

function tooLong(size: string): DemoRefusal {
  return new DemoRefusal(`The messages have ${size}; a demo model takes ${CONTEXT_TOKENS} tokens.`, {
    param: "messages",
    code: "context_length_exceeded",
  });
}
