import type { HttpProviderType } from "../providers/index.ts";
import type { CatalogOverride } from "./override.ts";
import { liteLlm } from "./sources.ts";

/** Models whose `mode` is `responses` in the list, snapshots and their later like-named kin included. */
const responsesOnly =
  /^(o[13]-pro|gpt-5[.\d]*(-(sol|luna|terra))?-pro|gpt-5[.\d]*-codex(-max|-mini|-spark)?|codex-mini(-latest)?|o[34](-mini)?-deep-research)(-20\d\d-\d\d-\d\d)?$/;

const served = (provider: HttpProviderType): CatalogOverride => ({
  provider,
  matching: responsesOnly,
  set: { speaks: "openai-responses" },
  source: liteLlm,
  asOf: "2026-11-24",
});

/** Models that are served by one API of their vendor alone, or have tools there alone. */
export const modelApis: readonly CatalogOverride[] = [
  served("openai"),
  served("azure-openai"),
  {
    provider: "openai",
    matching: /^gpt-6\.1-sol(-20\d\d-\d\d-\d\d)?$/,
    set: { speaks: "openai-responses" },
    source: "https://docs.laozhang.ai/announcements/gpt-6-1-sol-2026-10",
    asOf: "2026-11-24",
  },
  {
    provider: "openai",
    ids: ["gpt-6.1-terra"],
    set: { speaks: "openai-responses" },
    source: "https://docs.apiyi.com/en/news/gpt-6-1-terra-launch.md",
    asOf: "2026-11-24",
  },
  {
    provider: "openai",
    ids: ["gpt-6.2-sol"],
    set: { speaks: "openai-responses" },
    source: "https://developers.openai.com/api/docs/models/gpt-6.2-sol",
    asOf: "2026-11-24",
  },
];
