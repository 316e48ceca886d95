/** Worker that owns the tokenizer's tables; `tokenizer.ts` starts it and speaks to it. */
import { parentPort } from "node:worker_threads";
import ranks from "gpt-tokenizer/bpeRanks/o200k_base";
import { encode, setMergeCacheSize } from "gpt-tokenizer/encoding/o200k_base";
import { cutLongRuns, splitPieces } from "./token-pieces.ts";
import type { TokenizerReply, TokenizerRequest } from "./tokenizer-protocol.ts";

// Texts of callers fill this cache; its default of 100,000 entries may grow to tens of megabytes.
setMergeCacheSize(5_000);

/** Text that looks like a special token (`<|endoftext|>`) is text here. */
const asText = { disallowedSpecial: new Set<string>() };

const tokenBytes = Uint8Array.from(ranks, (rank) =>
  typeof rank === "string" ? Buffer.byteLength(rank) : rank.length,
);

function encodeIds(text: string): number[] {
  const ids: number[] = [];
  for (const segment of cutLongRuns(text)) for (const id of encode(segment, asText)) ids.push(id);
  return ids;
}

function answer({ id, kind, texts }: TokenizerRequest): TokenizerReply {
  try {
    if (kind === "count") {
      const tokens = Uint32Array.from(texts, (text) => encodeIds(text).length);
      return { id, ok: true, lengths: new Uint32Array(), tokens };
    }
    const text = texts[0] ?? "";
    return { id, ok: true, ...splitPieces(Buffer.from(text), encodeIds(text), tokenBytes) };
  } catch (error) {
    return { id, ok: false, message: String(error) };
  }
}

parentPort?.on("message", (request: TokenizerRequest) => parentPort?.postMessage(answer(request)));
