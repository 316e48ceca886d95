import type { ModelRow } from "../model-card.ts";
import type { DatedPrice } from "../price.ts";
import type { HttpProviderType } from "../providers/index.ts";
import type { CatalogOverride } from "./override.ts";
import { said } from "./said.ts";
import { liteLlm, portkey, vercelAi } from "./sources.ts";
import { thousandths } from "./thousandths.ts";

/** US dollars for a picture, in thousandths. */
const each = (perImage: number): readonly DatedPrice[] => [{ perImage: perImage * thousandths }];

/** US dollars per million tokens: words and pictures that are handed in, words from the cache, pictures that are made. */
const gptImage = (input: number, imageInput: number, cacheRead: number, output: number): ModelRow => ({
  prices: [
    {
      input: input * 1_000 * thousandths,
      output: output * 1_000 * thousandths,
      cacheRead: cacheRead * 1_000 * thousandths,
      imageInput: imageInput * 1_000 * thousandths,
    },
  ],
});

const pictured =
  (provider: HttpProviderType, source: string) =>
  (ids: string, set: ModelRow = {}): CatalogOverride =>
    said(provider, source)(ids, { kind: "image", ...set });

const listed = (provider: HttpProviderType): ReturnType<typeof pictured> => pictured(provider, liteLlm);
const openaiChanges = pictured("openai", "https://developers.openai.com/api/docs/changelog.md");
const openaiModel = pictured(
  "openai",
  "https://developers.openai.com/api/docs/models/gpt-image-2.6-sunburst",
);
const crazyrouter = pictured("xai", "https://docs.crazyrouter.com/en/images/grok");
const xaiMigration = pictured("xai", "https://docs.x.ai/developers/migration/imagine-image-quality-nov-2.md");
const togetherModels = pictured("together", "https://docs.together.ai/docs/images-overview");
/** It lists the pictures of Together in dollars, unlike everything else, which is in cents. */
const togetherPrices = pictured("together", portkey("together-ai"));
const workflowlab = pictured("together", "https://www.workflowlab.dev/cost/flux-schnell-together");
const zai = pictured("zhipu", "https://docs.z.ai/api-reference/image/generate-image");

/** Imagen has gone from both; its prices are of the past. */
const imagen = (["google", "vertex"] as const).flatMap((provider) => [
  listed(provider)("imagen-4.0-generate-001", { prices: each(40) }),
  listed(provider)("imagen-4.0-fast-generate-001", { prices: each(20) }),
  listed(provider)("imagen-4.0-ultra-generate-001", { prices: each(60) }),
]);

/**
 * Models that draw, as far as the data packages lack them or their prices. A price for each picture is that of a square
 * one of about a megapixel in the usual quality.
 */
export const pictures: readonly CatalogOverride[] = [
  ...imagen,

  listed("openai")("dall-e-2", { prices: each(20) }),
  listed("openai")("dall-e-3", { prices: each(40) }),
  listed("openai")("chatgpt-image-latest", gptImage(5, 10, 1.25, 40)),
  openaiChanges("gpt-image-2.5-flare gpt-image-2.5-sunburst", {
    releasedOn: "2026-09-08",
    ...gptImage(5, 8, 1.25, 30),
  }),
  openaiModel("gpt-image-2.6-sunburst", gptImage(5, 8, 1.25, 30)),
  pictured("openai", "https://developers.openai.com/api/docs/deprecations")("gpt-image-2.6-flare"),

  listed("azure-openai")("dall-e-3", { prices: each(40) }),
  listed("azure-openai")("gpt-image-1", gptImage(5, 10, 1.25, 40)),
  listed("azure-openai")("gpt-image-1-mini", gptImage(2, 2.5, 0.2, 8)),
  listed("azure-openai")("gpt-image-1.5", gptImage(5, 8, 1.25, 32)),
  listed("azure-openai")("gpt-image-2", gptImage(5, 8, 1.25, 30)),

  crazyrouter("grok-imagine-image", { prices: each(20) }),
  // It costs more or less by its size and quality, and xAI's page with the prices could not be read.
  xaiMigration("grok-imagine-image-2.0"),

  listed("bedrock")("stability.sd3-5-large-v1:0", { prices: each(80) }),
  listed("bedrock")("stability.stable-image-core-v1:1", { prices: each(40) }),
  listed("bedrock")("stability.stable-image-ultra-v1:1", { prices: each(140) }),
  listed("bedrock")("amazon.titan-image-generator-v2:0"),
  listed("bedrock")("amazon.nova-canvas-v1:0 us.amazon.nova-canvas-v1:0"),

  togetherModels("black-forest-labs/FLUX.2-pro black-forest-labs/FLUX.2-dev black-forest-labs/FLUX.2-flex"),
  togetherModels("black-forest-labs/FLUX.2-max"),
  workflowlab("black-forest-labs/FLUX.1-schnell", { prices: [{ perImage: 2_700_000 }] }),
  togetherPrices("black-forest-labs/FLUX.1.1-pro black-forest-labs/FLUX.1-kontext-pro", { prices: each(40) }),
  togetherPrices("black-forest-labs/FLUX.1-kontext-max", { prices: each(80) }),
  togetherPrices("ByteDance-Seed/Seedream-4.0", { prices: each(30) }),

  // Fireworks is paid by the step, which differs from request to request.
  pictured(
    "fireworks",
    vercelAi("fireworks/src/fireworks-image-options.ts"),
  )("accounts/fireworks/models/flux-1-dev-fp8"),
  pictured(
    "deepinfra",
    vercelAi("deepinfra/src/deepinfra-image-settings.ts"),
  )("black-forest-labs/FLUX-1-schnell black-forest-labs/FLUX-1-dev black-forest-labs/FLUX-1.1-pro"),
  zai("glm-image cogview-4-250304"),
];
