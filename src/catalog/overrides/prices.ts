import type { DatedPrice } from "../price.ts";
import type { CatalogOverride } from "./override.ts";
import { braintrust, liteLlm, modelsDev, portkey } from "./sources.ts";

const cents = 10_000_000;

/** US dollars per million tokens, in cents. */
const perMillion = (input: number, output?: number): readonly DatedPrice[] => [
  { input: input * cents, ...(output === undefined ? {} : { output: output * cents }) },
];

/** Where a region is chosen, Claude costs a tenth more than anywhere. */
const regionsPage = "https://platform.claude.com/docs/en/about-claude/pricing";
const regionalFable = { input: 1_100 * cents, output: 5_500 * cents, cacheWrite: 1_375 * cents };

const pro = { input: 66 * cents, output: 198 * cents, cacheRead: 22_000_000 };
const proAtPeak = { input: 132 * cents, output: 396 * cents, cacheRead: 44_000_000 };
const weekdays = [1, 2, 3, 4, 5];

/** Twice as much on weekdays, 01:00-04:00 and 06:00-10:00 UTC, but for public holidays in China. */
const proOfTheDay: readonly DatedPrice[] = [
  pro,
  { window: { start: 60, end: 240, days: weekdays }, ...proAtPeak },
  { window: { start: 360, end: 600, days: weekdays }, ...proAtPeak },
];

const xaiRetirement = "https://docs.x.ai/developers/migration/may-15-retirement";

const grok43 = {
  input: 125 * cents,
  output: 250 * cents,
  cacheRead: 20 * cents,
  longContext: [{ above: 199_999, input: 250 * cents, output: 500 * cents, cacheRead: 40 * cents }],
};
const grokBuild = {
  input: 100 * cents,
  output: 200 * cents,
  cacheRead: 20 * cents,
  longContext: [{ above: 199_999, input: 200 * cents, output: 400 * cents, cacheRead: 40 * cents }],
};

/** Prices that the data packages lack or have wrong. */
export const prices: readonly CatalogOverride[] = [
  {
    provider: "openai",
    ids: ["omni-moderation-latest", "omni-moderation-2024-09-26"],
    set: { kind: "moderation", takes: ["text", "image"], prices: [{ input: 0, output: 0 }] },
    source: liteLlm,
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
    set: { kind: "embedding", contextWindow: 512 },
    source: "https://docs.cohere.com/docs/models",
    asOf: "2026-11-24",
  },
  {
    provider: "cohere",
    ids: ["embed-english-v3.0", "embed-multilingual-v3.0", "embed-english-light-v3.0"],
    set: { prices: perMillion(10) },
    source: liteLlm,
    asOf: "2026-11-24",
  },
  {
    provider: "cohere",
    ids: ["rerank-v3.5", "rerank-english-v3.0", "rerank-multilingual-v3.0"],
    set: { kind: "rerank", prices: [{ perThousandSearches: 200 * cents }] },
    source: liteLlm,
    asOf: "2026-11-24",
  },
  {
    provider: "openai",
    ids: ["tts-1"],
    set: { kind: "speech", prices: [{ perMillionCharacters: 1_500 * cents }] },
    source: liteLlm,
    asOf: "2026-11-24",
  },
  {
    provider: "openai",
    ids: ["tts-1-hd"],
    set: { kind: "speech", prices: [{ perMillionCharacters: 3_000 * cents }] },
    source: liteLlm,
    asOf: "2026-11-24",
  },
  {
    provider: "voyage",
    ids: ["rerank-2", "rerank-2.5"],
    set: { kind: "rerank", prices: perMillion(5) },
    source: liteLlm,
    asOf: "2026-11-24",
  },
  {
    provider: "voyage",
    ids: ["rerank-2-lite", "rerank-2.5-lite"],
    set: { kind: "rerank", prices: perMillion(2) },
    source: liteLlm,
    asOf: "2026-11-24",
  },
  {
    provider: "mistral",
    ids: ["mistral-embed"],
    set: { kind: "embedding", contextWindow: 8_192, prices: perMillion(10) },
    source: liteLlm,
    asOf: "2026-11-24",
  },
  {
    provider: "mistral",
    ids: ["ministral-3b-latest"],
    set: { prices: perMillion(10, 10) },
    source: braintrust,
    asOf: "2026-11-24",
  },
  {
    provider: "deepseek",
    ids: ["deepseek-chat", "deepseek-reasoner"],
    // From this day on both were names of the model that came after them, at its price.
    set: {
      prices: [
        { input: 28 * cents, output: 42 * cents, cacheRead: 28_000_000 },
        { from: "2026-04-24", input: 14 * cents, output: 28 * cents, cacheRead: 2_800_000 },
      ],
    },
    source: modelsDev("deepseek"),
    asOf: "2026-11-24",
  },
  {
    provider: "deepseek",
    ids: ["deepseek-v4-pro"],
    // It was to cost what the smaller model costs from 2026-09-14 on; it does not.
    set: { prices: proOfTheDay },
    source: "https://api-docs.deepseek.com/quick_start/pricing",
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
          longContext: [{ above: 128_000, input: 75_000_000, output: 30 * cents }],
        },
      ],
    },
    source: portkey("google"),
    asOf: "2026-11-24",
  },
  {
    provider: "vertex",
    ids: ["gemini-2.0-flash"],
    // No list has what sound cost here; this is what it cost at the Gemini API. The model is retired.
    set: { prices: [{ input: 15 * cents, output: 60 * cents, audioInput: 70 * cents }] },
    source: portkey("vertex-ai"),
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
    source: modelsDev("fireworks-ai"),
    asOf: "2026-11-24",
  },
  {
    provider: "fireworks",
    ids: ["accounts/fireworks/models/gpt-oss-20b"],
    set: { prices: [{ input: 7 * cents, output: 30 * cents, cacheRead: 35_000_000 }] },
    source: modelsDev("fireworks-ai"),
    asOf: "2026-11-24",
  },
  {
    provider: "azure-openai",
    ids: ["phi-4", "phi-4-reasoning-plus"],
    set: { prices: [{ input: 125_000_000, output: 50 * cents }] },
    source: modelsDev("azure"),
    asOf: "2026-11-24",
  },
  {
    provider: "azure-openai",
    ids: ["phi-3-mini-128k-instruct", "phi-3.5-mini-128k-instruct"],
    set: { prices: perMillion(13, 52) },
    source: modelsDev("azure"),
    asOf: "2026-11-24",
  },
  {
    provider: "azure-openai",
    ids: ["phi-3-medium-128k-instruct"],
    set: { prices: perMillion(17, 68) },
    source: modelsDev("azure"),
    asOf: "2026-11-24",
  },
  // Names that xAI answers by another model, at its price.
  {
    provider: "xai",
    matching: /^grok-(3(-latest|-beta)?|4(-0709|-latest)?|4(-1)?-fast(-.*)?)$/,
    set: { prices: [grok43] },
    source: xaiRetirement,
    asOf: "2026-11-24",
  },
  {
    provider: "xai",
    matching: /^grok-code-fast/,
    set: { prices: [grokBuild] },
    source: xaiRetirement,
    asOf: "2026-11-24",
  },
  {
    provider: "google",
    ids: ["gemini-flash-latest"],
    // It costs what the newest Flash model costs, which is half as much until then.
    set: {
      prices: [
        { input: 75 * cents, output: 375 * cents, cacheRead: 75_000_000, audioInput: 75 * cents },
        {
          from: "2027-01-01",
          input: 150 * cents,
          output: 750 * cents,
          cacheRead: 150_000_000,
          audioInput: 150 * cents,
        },
      ],
    },
    source: "https://github.com/BerriAI/litellm/discussions/39357",
    asOf: "2026-11-24",
  },
  // Jina shows its prices in the dashboard alone; those who looked have written these two down.
  {
    provider: "jina",
    ids: ["jina-reranker-v3"],
    set: { kind: "rerank", prices: perMillion(5) },
    source: portkey("jina"),
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
