import type { TokenLogprob } from "../../canonical/chat-response.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

/** Likelihoods of an answer's tokens. Wire format: https://ai.google.dev/api/generate-content#LogprobsResult */
export function readLogprobs(result: unknown): readonly TokenLogprob[] | undefined {
  if (!isJsonObject(result) || !Array.isArray(result["chosenCandidates"])) return undefined;
  const top: readonly unknown[] = Array.isArray(result["topCandidates"]) ? result["topCandidates"] : [];
  return (result["chosenCandidates"] as readonly unknown[]).flatMap((chosen, index) => {
    const token = readToken(chosen);
    if (token === undefined) return [];
    const step = top[index];
    const others: readonly unknown[] =
      isJsonObject(step) && Array.isArray(step["candidates"]) ? step["candidates"] : [];
    const alternatives = others.flatMap((other) => readToken(other) ?? []);
    return [{ ...token, ...(alternatives.length > 0 && { alternatives }) }];
  });
}

/** The same in Gemini's words, and their mean; empty where there are none. */
export function renderLogprobs(logprobs: readonly TokenLogprob[] | undefined): JsonObject {
  if (logprobs === undefined || logprobs.length === 0) return {};
  const hasTop = logprobs.some(({ alternatives }) => alternatives !== undefined);
  const sum = logprobs.reduce((total, { logprob }) => total + logprob, 0);
  return {
    avgLogprobs: sum / logprobs.length,
    logprobsResult: {
      chosenCandidates: logprobs.map(renderToken),
      ...(hasTop && {
        topCandidates: logprobs.map(({ alternatives = [] }) => ({
          candidates: alternatives.map(renderToken),
        })),
      }),
    },
  };
}

function readToken(value: unknown): { readonly token: string; readonly logprob: number } | undefined {
  if (!isJsonObject(value)) return undefined;
  const { token, logProbability } = value as JsonObject;
  // A likelihood of one is left out by Google's JSON, as zeros are.
  const logprob = logProbability ?? 0;
  return typeof token === "string" && typeof logprob === "number" ? { token, logprob } : undefined;
}

function renderToken({ token, logprob }: { readonly token: string; readonly logprob: number }): JsonObject {
  return { token, logProbability: logprob };
}
