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

/** Models that do not reason before they answer. The data packages say only which do. */
export const reasoning: readonly CatalogOverride[] = [
  answersAtOnce("openai", openaiModels, openaiPage),
  answersAtOnce("azure-openai", openaiModels, openaiPage),
  answersAtOnce("anthropic", /^claude-(2|3-(5|haiku|opus|sonnet))/, claudePage),
  answersAtOnce("bedrock", /anthropic\.claude-(2|3-(5|haiku|opus|sonnet))/, claudePage),
  answersAtOnce("google", /^gemini-(1|2\.0)/, "https://ai.google.dev/gemini-api/docs/thinking"),
  answersAtOnce("deepseek", /^deepseek-chat$/, "https://api-docs.deepseek.com/quick_start/pricing"),
];
