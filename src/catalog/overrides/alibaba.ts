import type { ModelRow } from "../model-card.ts";
import type { TokenRates } from "../price.ts";
import type { CatalogOverride } from "./override.ts";

const tenths = 100_000;

/** US dollars per million tokens, in ten-thousandths: what is read, written, and read from or written to the cache. */
const rates = (input: number, output: number, cacheRead?: number, cacheWrite?: number): TokenRates => ({
  input: input * tenths,
  output: output * tenths,
  ...(cacheRead === undefined ? {} : { cacheRead: cacheRead * tenths }),
  ...(cacheWrite === undefined ? {} : { cacheWrite: cacheWrite * tenths }),
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

const said =
  (source: string) =>
  (id: string, set: ModelRow): CatalogOverride => ({
    provider: "alibaba",
    ids: [id],
    set,
    source,
    asOf: "2026-11-24",
  });

const models = said("https://www.alibabacloud.com/help/en/model-studio/models");
/** Another gateway's list, which has the tiers of Singapore. */
const listed = said("https://github.com/theopenco/llmgateway");
const turbo = said("https://www.alibabacloud.com/help/en/model-studio/qwen-turbo");

/** What Qwen costs at Model Studio's international region, Singapore; other regions charge less. */
export const alibabaPrices: readonly CatalogOverride[] = [
  listed("qwen-max", price(rates(16_000, 64_000))),
  listed("qwen-plus", price(rates(4_000, 12_000, 800), [256_000, rates(12_000, 36_000, 2_400)])),
  turbo("qwen-turbo", { ...price(rates(500, 2_000)), maxOutputTokens: 16_384, lacks: ["tools"] }),
  models("qwen-vl-max", price(rates(8_000, 32_000))),
  listed(
    "qwen3-coder-flash",
    price(
      rates(3_000, 15_000, 600),
      [32_000, rates(5_000, 25_000, 1_000)],
      [128_000, rates(8_000, 40_000, 1_600)],
      [256_000, rates(16_000, 96_000, 3_200)],
    ),
  ),
  models(
    "qwen3-coder-plus",
    price(
      rates(10_000, 50_000),
      [32_000, rates(18_000, 90_000)],
      [128_000, rates(30_000, 150_000)],
      [256_000, rates(60_000, 600_000)],
    ),
  ),
  listed(
    "qwen3-max",
    price(
      rates(12_000, 60_000, 2_400),
      [32_000, rates(24_000, 120_000, 4_800)],
      [128_000, rates(30_000, 150_000, 6_000)],
    ),
  ),
  said("https://github.com/VladoIvankovic/Codeep/releases/tag/v3.3.0")(
    "qwen3.6-flash",
    price(rates(2_500, 15_000)),
  ),
  models(
    "qwen3.6-plus",
    price(rates(5_000, 30_000, 500, 6_250), [256_000, rates(20_000, 60_000, 2_000, 25_000)]),
  ),
  said("https://apidog.com/blog/how-to-use-qwen-3-7-plus-api/")(
    "qwen3.7-plus",
    price(rates(4_000, 16_000, 800)),
  ),
  models("qwen3.7-max", price(rates(25_000, 75_000, 5_000, 31_250))),
  said("https://github.com/VladoIvankovic/Codeep/releases/tag/v3.3.0")(
    "qwen3.8-flash",
    price(rates(1_500, 4_700)),
  ),
  said("https://dev.to/hassann/how-to-use-the-qwen-38-api-1cgm")("qwen3.8-max", {
    ...price(rates(20_000, 60_000)),
    can: ["reasoning"],
  }),
  models("text-embedding-v3", { kind: "embedding", prices: [{ input: 700 * tenths }] }),
  models("text-embedding-v4", { kind: "embedding", prices: [{ input: 700 * tenths }] }),
];
