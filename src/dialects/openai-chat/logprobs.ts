import type { TokenLogprob } from "../../canonical/chat-response.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

type Candidate = Omit<TokenLogprob, "alternatives">;

/**
 * Probabilities of an answer's or a refusal's tokens; `undefined` where there are none.
 * Wire format: https://platform.openai.com/docs/api-reference/chat/object (`choices[].logprobs`)
 */
export function readLogprobs(value: unknown): readonly TokenLogprob[] | undefined {
  if (!isJsonObject(value)) return undefined;
  const { content, refusal } = value;
  const list: unknown = Array.isArray(content) && content.length > 0 ? content : refusal;
  if (!Array.isArray(list) || list.length === 0) return undefined;
  return list.flatMap((entry: unknown): TokenLogprob[] => {
    const [token] = readCandidate(entry);
    if (token === undefined || !isJsonObject(entry)) return [];
    const { top_logprobs } = entry;
    return [
      Array.isArray(top_logprobs) && top_logprobs.length > 0
        ? { ...token, alternatives: top_logprobs.flatMap(readCandidate) }
        : token,
    ];
  });
}

function readCandidate(value: unknown): readonly Candidate[] {
  if (!isJsonObject(value) || typeof value["token"] !== "string" || typeof value["logprob"] !== "number")
    return [];
  const { token, logprob, bytes } = value;
  const isBytes = Array.isArray(bytes) && bytes.every((byte): byte is number => typeof byte === "number");
  return [{ token, logprob, ...(isBytes && { bytes }) }];
}

/** The same, for a caller. */
export function renderLogprobs(logprobs: readonly TokenLogprob[]): JsonObject {
  const content = logprobs.map(({ alternatives = [], ...token }) => ({
    ...renderCandidate(token),
    top_logprobs: alternatives.map(renderCandidate),
  }));
  return { content, refusal: null };
}

function renderCandidate({ token, logprob, bytes }: Candidate): JsonObject {
  return { token, logprob, bytes: bytes ?? null };
}
