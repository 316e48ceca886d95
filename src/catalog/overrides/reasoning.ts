import type { HttpProviderType } from "../providers/index.ts";
import type { CatalogOverride } from "./override.ts";

const answersAtOnce = (provider: HttpProviderType, matching: RegExp, source: string): CatalogOverride => ({
  provider,
  matching,
  set: { lacks: ["reasoning"] },
  source,
  asOf: "2026-11-24",
});

const openaiModels = /^(chatgpt-4o|gpt-(3\.5|4))/;
const openaiPage = "https://developers.openai.com/api/docs/guides/reasoning";
const claudePage = "https://platform.claude.com/docs/en/build-with-claude/extended-thinking";

const latestPage = "https://developers.openai.com/api/docs/guides/latest-model";
/** The first of the family; later ones take a temperature where they are told not to reason. */
const drawsItself =
  /^(o[134](-mini|-preview|-pro)?|o[34](-mini)?-deep-research|gpt-5(-(mini|nano|pro|codex))?)(-20\d\d-\d\d-\d\d)?$/;

const drawn = (provider: HttpProviderType): CatalogOverride => ({
  provider,
  matching: drawsItself,
  set: { lacks: ["sampling"] },
  source: latestPage,
  asOf: "2026-11-24",
});

const claudeGuide = "https://platform.claude.com/docs/en/about-claude/models/migration-guide";
const forcedPage =
  "https://platform.claude.com/docs/en/models/opus-5-5/whats-new-opus-5-5#forced-tool-use-is-not-supported";
const claudeHosts = ["anthropic", "bedrock", "vertex"] as const;

/** Claude from 4.7 on takes neither temperature nor `top_p` nor `top_k`. */
const claudeDraws = claudeHosts.map(
  (provider): CatalogOverride => ({
    provider,
    matching: /claude-(opus-4-[78]|[a-z]+-5)/,
    set: { lacks: ["sampling"] },
    source: claudeGuide,
    asOf: "2026-11-24",
  }),
);

/** Opus and Sonnet 5.5, Fable and Mythos 5.1 and later cannot be made to use a tool; Haiku 5.5 can. */
const claudeChooses = claudeHosts.map(
  (provider): CatalogOverride => ({
    provider,
    matching: /claude-((opus|sonnet)-5-5|(fable|mythos)-5-[12])/,
    set: { lacks: ["forced-tools"] },
    source: forcedPage,
    asOf: "2026-11-24",
  }),
);

/** Models that do not reason before they answer (the data packages say only which do), those that draw as they like, and those that cannot be made to use a tool. */
export const reasoning: readonly CatalogOverride[] = [
  answersAtOnce("openai", openaiModels, openaiPage),
  answersAtOnce("azure-openai", openaiModels, openaiPage),
  answersAtOnce("anthropic", /^claude-(2|3-(5|haiku|opus|sonnet))/, claudePage),
  answersAtOnce("bedrock", /anthropic\.claude-(2|3-(5|haiku|opus|sonnet))/, claudePage),
  answersAtOnce("google", /^gemini-(1|2\.0)/, "https://ai.google.dev/gemini-api/docs/thinking"),
  drawn("openai"),
  drawn("azure-openai"),
  {
    provider: "openai",
    matching: /^gpt-6\.[12]-sol(-20\d\d-\d\d-\d\d)?$/,
    // They take a temperature where they do not reason, and they always do.
    set: { lacks: ["sampling"] },
    source: "https://docs.laozhang.ai/en/announcements/gpt-6-1-sol-2026-10.md",
    asOf: "2026-11-24",
  },
  ...claudeDraws,
  ...claudeChooses,
  answersAtOnce("deepseek", /^deepseek-chat$/, "https://api-docs.deepseek.com/quick_start/pricing"),
];
