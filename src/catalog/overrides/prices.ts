import type { DatedPrice } from "../price.ts";
import type { CatalogOverride } from "./override.ts";

const cents = 10_000_000;

/** US dollars per million tokens, in cents. */
const perMillion = (input: number, output?: number): readonly DatedPrice[] => [
  { input: input * cents, ...(output === undefined ? {} : { output: output * cents }) },
];

const modelsDev = "https://github.com/anomalyco/models.dev";

/** Where a region is chosen, Claude costs a tenth more than anywhere. */
const regionsPage = "https://platform.claude.com/docs/en/about-claude/pricing";
const regionalFable = { input: 1_100 * cents, output: 5_500 * cents, cacheWrite: 1_375 * cents };

const pro = { input: 66 * cents, output: 198 * cents, cacheRead: 22_000_000 };
const proAtPeak = { input: 132 * cents, output: 396 * cents, cacheRead: 44_000_000 };
const weekdays = [1, 2, 3, 4, 5];

/** Twice as much on weekdays, 01:00-04:00 and 06:00-10:00 UTC. */
const proOfTheDay: readonly DatedPrice[] = [
  pro,
  { window: { start: 60, end: 240, days: weekdays }, ...proAtPeak },
  { window: { start: 360, end: 600, days: weekdays }, ...proAtPeak },
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
  {
    provider: "mistral",
    ids: ["ministral-3b-latest"],
    set: { prices: [...perMillion(4, 4), { from: "2025-12-02", input: 10 * cents, output: 10 * cents }] },
    source: "https://docs.mistral.ai/getting-started/models",
    asOf: "2026-11-24",
  },
  {
    provider: "deepseek",
    ids: ["deepseek-chat", "deepseek-reasoner"],
    // The discount at night ended with it, a year before the names did.
    set: { prices: [{ input: 28 * cents, output: 42 * cents, cacheRead: 28_000_000 }] },
    source: "https://api-docs.deepseek.com/news/news250929",
    asOf: "2026-11-24",
  },
  {
    provider: "deepseek",
    ids: ["deepseek-v4-pro"],
    // It was to cost what the smaller model costs from 2026-09-14 on; it does not.
    set: { prices: proOfTheDay },
    source: "https://api-docs.deepseek.com/zh-cn/quick_start/pricing/",
    asOf: "2026-11-24",
  },
  {
    provider: "google",
    ids: ["gemini-1.5-flash-8b"],
    set: {
      prices: [
        {
          input: 37_500_000,
          output: 15 * cents,
          cacheRead: cents,
          longContext: [{ above: 128_000, input: 75_000_000, output: 30 * cents, cacheRead: 2 * cents }],
        },
      ],
    },
    source: "https://ai.google.dev/gemini-api/docs/pricing",
    asOf: "2026-11-24",
  },
  {
    provider: "vertex",
    ids: ["gemini-2.0-flash"],
    set: { prices: [{ input: 15 * cents, output: 60 * cents, audioInput: 100 * cents }] },
    source: "https://cloud.google.com/vertex-ai/generative-ai/pricing",
    asOf: "2026-11-24",
  },
  {
    provider: "bedrock",
    ids: ["eu.anthropic.claude-fable-5"],
    set: { prices: [{ ...regionalFable, cacheRead: 110 * cents }] },
    source: regionsPage,
    asOf: "2026-11-24",
  },
  {
    provider: "bedrock",
    ids: ["eu.anthropic.claude-fable-5-1"],
    set: { prices: [{ ...regionalFable, cacheRead: 275_000_000 }] },
    source: regionsPage,
    asOf: "2026-11-24",
  },
  {
    provider: "fireworks",
    ids: ["accounts/fireworks/models/gpt-oss-120b"],
    set: { prices: [{ input: 15 * cents, output: 60 * cents, cacheRead: 15_000_000 }] },
    source: modelsDev,
    asOf: "2026-11-24",
  },
  {
    provider: "fireworks",
    ids: ["accounts/fireworks/models/gpt-oss-20b"],
    set: { prices: [{ input: 7 * cents, output: 30 * cents, cacheRead: 35_000_000 }] },
    source: modelsDev,
    asOf: "2026-11-24",
  },
  {
    provider: "azure-openai",
    ids: ["phi-4", "phi-4-reasoning-plus"],
    set: { prices: [{ input: 125_000_000, output: 50 * cents }] },
    source: modelsDev,
    asOf: "2026-11-24",
  },
  {
    provider: "azure-openai",
    ids: ["phi-3-mini-128k-instruct", "phi-3.5-mini-128k-instruct"],
    set: { prices: perMillion(13, 52) },
    source: modelsDev,
    asOf: "2026-11-24",
  },
  {
    provider: "azure-openai",
    ids: ["phi-3-medium-128k-instruct"],
    set: { prices: perMillion(17, 68) },
    source: modelsDev,
    asOf: "2026-11-24",
  },
  // Jina shows its prices in the dashboard alone; those who looked have written these two down.
  {
    provider: "jina",
    ids: ["jina-embeddings-v3"],
    set: { kind: "embedding", prices: perMillion(2) },
    source: "https://pecollective.com/tools/text-embedding-models-compared/",
    asOf: "2026-11-24",
  },
  {
    provider: "jina",
    ids: ["jina-reranker-m0"],
    set: { kind: "rerank", prices: perMillion(5) },
    source: "https://www.getmaxim.ai/bifrost/llm-cost-calculator/provider/jina_ai/model/jina-reranker-m0",
    asOf: "2026-11-24",
  },
];
