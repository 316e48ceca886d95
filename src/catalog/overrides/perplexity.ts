import type { ModelRow } from "../model-card.ts";
import type { CatalogOverride } from "./override.ts";
import { liteLlm, modelsDev } from "./sources.ts";
import { thousandths } from "./thousandths.ts";

/** US dollars per million tokens, in thousandths: what is read, written, and read from the cache. */
const costs = (input: number, output: number, cacheRead?: number): ModelRow => ({
  prices: [
    {
      input: input * thousandths,
      output: output * thousandths,
      ...(cacheRead === undefined ? {} : { cacheRead: cacheRead * thousandths }),
    },
  ],
});

const served = (id: string, set: ModelRow): CatalogOverride => ({
  provider: "perplexity",
  ids: [id],
  set,
  source: modelsDev("perplexity-agent"),
  asOf: "2026-11-24",
});

const claude = { takes: ["text", "image", "file"], can: ["tools", "reasoning"] } as const;
const gpt = { takes: ["text", "image"], can: ["tools", "reasoning"] } as const;

const embedding = (id: string, input: number): CatalogOverride => ({
  provider: "perplexity",
  ids: [id],
  set: { kind: "embedding", contextWindow: 32_768, prices: [{ input: input * thousandths }] },
  source: liteLlm,
  asOf: "2026-11-24",
});

/**
 * What the Agent API and the Embeddings API serve. The data packages have only the models of the Sonar API, which has
 * ended. Models of other vendors cost what they cost there; their names have the vendor's before them.
 */
export const perplexityModels: readonly CatalogOverride[] = [
  served("perplexity/sonar", {
    name: "Sonar",
    contextWindow: 128_000,
    maxOutputTokens: 8_192,
    takes: ["text"],
    can: ["tools"],
    lacks: ["images", "reasoning"],
    prices: [{ input: 250 * thousandths, output: 2_500 * thousandths, cacheRead: 62_500_000 }],
  }),
  served("anthropic/claude-haiku-4-5", {
    ...claude,
    contextWindow: 200_000,
    maxOutputTokens: 64_000,
    ...costs(1_000, 5_000, 100),
  }),
  served("anthropic/claude-sonnet-4-6", {
    ...claude,
    contextWindow: 200_000,
    maxOutputTokens: 64_000,
    ...costs(3_000, 15_000, 300),
  }),
  served("anthropic/claude-opus-4-7", {
    ...claude,
    contextWindow: 1_000_000,
    maxOutputTokens: 128_000,
    ...costs(5_000, 25_000, 500),
  }),
  served("openai/gpt-5.4", {
    ...gpt,
    contextWindow: 1_050_000,
    maxOutputTokens: 128_000,
    ...costs(2_500, 15_000, 250),
  }),
  served("openai/gpt-5.5", {
    ...gpt,
    takes: ["text", "image", "file"],
    contextWindow: 1_050_000,
    maxOutputTokens: 128_000,
    ...costs(5_000, 30_000, 500),
  }),
  served("nvidia/nemotron-3-super-120b-a12b", {
    takes: ["text"],
    can: ["tools", "reasoning"],
    lacks: ["images"],
    contextWindow: 1_000_000,
    maxOutputTokens: 32_000,
    ...costs(250, 2_500),
  }),
  embedding("pplx-embed-v1-0.6b", 4),
  embedding("pplx-embed-v1-4b", 30),
];
