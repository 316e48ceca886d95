import type { DatedPrice } from "../price.ts";
import type { CatalogOverride } from "./override.ts";

const cents = 10_000_000;

/** US dollars per million tokens, in cents. */
const perMillion = (input: number, output?: number): readonly DatedPrice[] => [
  { input: input * cents, ...(output === undefined ? {} : { output: output * cents }) },
];

/** Prices that the data packages lack or have wrong. */
export const prices: readonly CatalogOverride[] = [
  {
    provider: "openai",
    ids: ["omni-moderation-latest", "omni-moderation-2024-09-26"],
    set: { kind: "moderation", takes: ["text", "image"], prices: [{ input: 0, output: 0 }] },
    source: "https://developers.openai.com/api/docs/models/omni-moderation-latest",
    asOf: "2026-11-24",
  },
  {
    provider: "cohere",
    ids: [
      "embed-english-v3.0",
      "embed-multilingual-v3.0",
      "embed-english-light-v3.0",
      "embed-multilingual-light-v3.0",
    ],
    set: { kind: "embedding", contextWindow: 512, prices: perMillion(10) },
    source: "https://docs.cohere.com/docs/cohere-embed",
    asOf: "2026-11-24",
  },
  {
    provider: "cohere",
    ids: ["rerank-v3.5", "rerank-english-v3.0", "rerank-multilingual-v3.0"],
    set: { kind: "rerank", prices: [{ perThousandSearches: 200 * cents }] },
    source: "https://cohere.com/pricing",
    asOf: "2026-11-24",
  },
  {
    provider: "openai",
    ids: ["tts-1"],
    set: { kind: "speech", prices: [{ perMillionCharacters: 1_500 * cents }] },
    source: "https://developers.openai.com/api/docs/models/tts-1",
    asOf: "2026-11-24",
  },
  {
    provider: "openai",
    ids: ["tts-1-hd"],
    set: { kind: "speech", prices: [{ perMillionCharacters: 3_000 * cents }] },
    source: "https://developers.openai.com/api/docs/models/tts-1-hd",
    asOf: "2026-11-24",
  },
  {
    provider: "voyage",
    ids: ["rerank-2", "rerank-2.5"],
    set: { kind: "rerank", prices: perMillion(5) },
    source: "https://docs.voyageai.com/docs/pricing",
    asOf: "2026-11-24",
  },
  {
    provider: "voyage",
    ids: ["rerank-2-lite", "rerank-2.5-lite"],
    set: { kind: "rerank", prices: perMillion(2) },
    source: "https://docs.voyageai.com/docs/pricing",
    asOf: "2026-11-24",
  },
  {
    provider: "mistral",
    ids: ["mistral-embed"],
    set: { kind: "embedding", contextWindow: 8_192, prices: perMillion(10) },
    source: "https://docs.mistral.ai/getting-started/models",
    asOf: "2026-11-24",
  },
];
