import type { TokenLogprob } from "../../canonical/chat-response.ts";
import { isJsonObject } from "../../kernel/json.ts";

type Candidate = Omit<TokenLogprob, "alternatives">;

/** Probabilities of tokens; `undefined` where there are none. Wire format: https://docs.ollama.com/api/chat (`logprobs`) */
export function readLogprobs(value: unknown): readonly TokenLogprob[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.flatMap((entry: unknown): TokenLogprob[] => {
    const [token] = readCandidate(entry);
    if (token === undefined || !isJsonObject(entry)) return [];
    const { top_logprobs } = entry;
    return [
      Array.isArray(top_logprobs) ? { ...token, alternatives: top_logprobs.flatMap(readCandidate) } : token,
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
