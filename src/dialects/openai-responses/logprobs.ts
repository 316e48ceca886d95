import type { TokenLogprob } from "../../canonical/chat-response.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

type Alternative = NonNullable<TokenLogprob["alternatives"]>[number];

/** Wire format: https://platform.openai.com/docs/api-reference/responses/object (`output_text.logprobs`) */
export function readLogprobs(value: unknown): readonly TokenLogprob[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    const token = readToken(entry);
    if (token === undefined || !isJsonObject(entry)) return [];
    const top: readonly unknown[] = Array.isArray(entry["top_logprobs"]) ? entry["top_logprobs"] : [];
    const alternatives = top.flatMap((other) => readToken(other) ?? []);
    return [{ ...token, ...(alternatives.length > 0 && { alternatives }) }];
  });
}

function readToken(entry: unknown): Alternative | undefined {
  if (!isJsonObject(entry)) return undefined;
  const { token, logprob, bytes } = entry;
  if (typeof token !== "string" || typeof logprob !== "number") return undefined;
  const isBytes = Array.isArray(bytes) && bytes.every((byte): byte is number => typeof byte === "number");
  return { token, logprob, ...(isBytes && { bytes: bytes as readonly number[] }) };
}

/** Tokens in this dialect's words. */
export function renderLogprobs(logprobs: readonly TokenLogprob[]): readonly JsonObject[] {
  return logprobs.map(({ alternatives = [], ...token }) => ({
    ...renderToken(token),
    top_logprobs: alternatives.map(renderToken),
  }));
}

const encoder = new TextEncoder();

function renderToken({ token, logprob, bytes }: Alternative): JsonObject {
  return { token, logprob, bytes: bytes ?? [...encoder.encode(token)] };
}
