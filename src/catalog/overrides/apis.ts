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

/** Models that are served by one API of their vendor alone. */
export const modelApis: readonly CatalogOverride[] = [served("openai"), served("azure-openai")];
