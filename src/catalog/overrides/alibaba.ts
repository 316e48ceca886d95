import type { ModelRow } from "../model-card.ts";
import type { TokenRates } from "../price.ts";
import type { CatalogOverride } from "./override.ts";
import { said } from "./said.ts";
import { modelsDev } from "./sources.ts";

const tenths = 100_000;

/** US dollars per million tokens, in ten-thousandths: what is read, written, and read from or written to the cache. */
const rates = (input: number, output: number, cacheRead?: number, cacheWrite?: number): TokenRates => ({
  input: input * tenths,
  output: output * tenths,
  ...(cacheRead === undefined ? {} : { cacheRead: cacheRead * tenths }),
  ...(cacheWrite === undefined ? {} : { cacheWrite: cacheWrite * tenths }),
});

/** Models that think if asked charge more for it. */
const thinking = (base: TokenRates, reasoning: number): TokenRates => ({
  ...base,
  reasoning: reasoning * tenths,
});

/** A price with those of prompts beyond so many tokens. */
const price = (
  base: TokenRates,
  ...long: readonly (readonly [above: number, rates: TokenRates])[]
): ModelRow => ({
  prices: [
    {
      ...base,
      ...(long.length === 0 ? {} : { longContext: long.map(([above, more]) => ({ above, ...more })) }),
    },
  ],
});

const listed = (source: string): ReturnType<typeof said> => said("alibaba", source);

/** A proposal to models.dev that brings its list to that of Model Studio; the only list with all tiers. */
const synced = listed(modelsDev("alibaba", "0654d77cad6b9536b8bafcc23ebd92232a82be77"));
/** Another gateway's list. */
const gateway = listed(
  "https://github.com/theopenco/llmgateway/blob/015f558a2a88a44993cc9405b699b640a6e92501/packages/models/src/models/alibaba.ts",
);
const embeddings = listed(
  "https://www.alibabacloud.com/help/en/model-studio/embedding-interfaces-compatible-with-openai",
);

/** What Qwen costs at Model Studio's international region, Singapore; other regions charge less. */
export const alibabaPrices: readonly CatalogOverride[] = [
  synced("qwen-max", price(rates(16_000, 64_000, 3_200))),
  synced(
    "qwen-plus",
    price(thinking(rates(4_000, 12_000, 800, 5_000), 40_000), [
      256_000,
      thinking(rates(12_000, 36_000, 2_400, 15_000), 120_000),
    ]),
  ),
  synced("qwen-turbo", price(thinking(rates(500, 2_000, 100), 5_000))),
  gateway("qwen-turbo", { lacks: ["tools"] }),
  synced("qwen-vl-max", price(rates(8_000, 32_000, 1_600))),
  synced(
    "qwen3-coder-flash",
    price(
      rates(3_000, 15_000, 600, 3_750),
      [32_000, rates(5_000, 25_000, 1_000, 6_250)],
      [128_000, rates(8_000, 40_000, 1_600, 10_000)],
      [256_000, rates(16_000, 96_000, 3_200, 20_000)],
    ),
  ),
  synced(
    "qwen3-coder-plus",
    price(
      rates(10_000, 50_000, 2_000, 12_500),
      [32_000, rates(18_000, 90_000, 3_600, 22_500)],
      [128_000, rates(30_000, 150_000, 6_000, 37_500)],
      [256_000, rates(60_000, 600_000, 12_000, 75_000)],
    ),
  ),
  synced(
    "qwen3-max",
    price(
      rates(12_000, 60_000, 2_400, 15_000),
      [32_000, rates(24_000, 120_000, 4_800, 30_000)],
      [128_000, rates(30_000, 150_000, 6_000, 37_500)],
    ),
  ),
  synced(
    "qwen3.6-flash",
    price(rates(2_500, 15_000, 250, 3_125), [256_000, rates(10_000, 40_000, 1_000, 12_500)]),
  ),
  synced(
    "qwen3.6-plus",
    price(rates(5_000, 30_000, 500, 6_250), [256_000, rates(20_000, 60_000, 2_000, 25_000)]),
  ),
  synced(
    "qwen3.7-plus",
    price(rates(4_000, 16_000, 800, 5_000), [256_000, rates(12_000, 48_000, 2_400, 15_000)]),
  ),
  synced("qwen3.7-max", price(rates(25_000, 75_000, 5_000, 31_250))),
  listed("https://vercel.com/ai-gateway/models/qwen3.8-flash")("qwen3.8-flash", price(rates(1_500, 4_700))),
  listed("https://github.com/AlibabaCloud-Official/Qwen3.8-max")("qwen3.8-max", {
    ...price(rates(20_000, 60_000, 2_500)),
    can: ["reasoning"],
  }),
  embeddings("text-embedding-v3", { kind: "embedding", prices: [{ input: 700 * tenths }] }),
  embeddings("text-embedding-v4", { kind: "embedding", prices: [{ input: 700 * tenths }] }),
];
