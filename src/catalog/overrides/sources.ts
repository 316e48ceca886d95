/** State of models.dev (MIT License) that facts were taken from: July 2026. */
const MODELS_DEV = "f3fc692299671838c7c65fd8126bf84d81a2e817";

/** A provider's folder at models.dev; rows that were removed since are read at an earlier commit. */
export const modelsDev = (provider: string, commit = MODELS_DEV): string =>
  `https://github.com/anomalyco/models.dev/tree/${commit}/providers/${provider}/models`;

/** LiteLLM's list of prices and limits, in a copy of August 2026. */
export const liteLlm =
  "https://github.com/Prajwalsrinvas/token-tariff/blob/dc2baf9d80f97138860483855433ff2936886b20/model_prices_and_context_window.json";

/** Braintrust's list of models, August 2026. */
export const braintrust =
  "https://github.com/braintrustdata/braintrust-proxy/blob/0dddf847791df03e46b1fb7d4138c640e733c72b/packages/proxy/schema/model_list.json";

/** A provider's file in Portkey's list of prices, August 2026. */
export const portkey = (provider: string): string =>
  `https://github.com/Portkey-AI/models/blob/f654307ec968cc9c8a54f2139fb79ede59c3d688/pricing/${provider}.json`;

/** A scraper's list of the vendors' retirements, which quotes their pages; July 2026. */
export const deprecationsList =
  "https://github.com/deprecations/deprecations-rss/blob/b1885cd34448033b1a23fe223ba88500b695d8c1/data.json";

/** A file of the providers of the Vercel AI SDK, August 2026, which lists ids of models. */
export const vercelAi = (file: string): string =>
  `https://github.com/vercel/ai/blob/ed857f50f112e23930b0c2dd8d532cc8bebbc911/packages/${file}`;
