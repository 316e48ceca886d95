import type { TokenLogprob } from "../../canonical/chat-response.ts";
import { isJsonObject } from "../../kernel/json.ts";

/**
 * Likelihoods of an answer's tokens. Cohere gives pieces of text with the numbers of the tokens they are made of;
 * a piece of several tokens is as likely as all of them together.
 * Wire format: https://docs.cohere.com/v2/reference/chat (`logprobs`)
 */
export function readLogprobs(value: unknown): readonly TokenLogprob[] | undefined {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const read = items.flatMap((item): TokenLogprob[] => {
    if (!isJsonObject(item) || typeof item["text"] !== "string") return [];
    const { text, logprobs } = item;
    const numbers = Array.isArray(logprobs) ? logprobs.filter(isNumber) : [];
    if (numbers.length === 0) return [];
    return [{ token: text, logprob: numbers.reduce((sum, each) => sum + each, 0) }];
  });
  return read.length === 0 ? undefined : read;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}
