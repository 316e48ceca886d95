import type { HttpProviderType } from "../providers/index.ts";
import type { CatalogOverride } from "./override.ts";

const can = (provider: HttpProviderType, matching: RegExp, source: string): CatalogOverride => ({
  provider,
  matching,
  set: { can: ["json-schema"] },
  source,
  asOf: "2026-11-24",
});

const cannot = (provider: HttpProviderType, matching: RegExp, source: string): CatalogOverride => ({
  provider,
  matching,
  set: { lacks: ["json-schema"] },
  source,
  asOf: "2026-11-24",
});

const openai = "https://developers.openai.com/api/docs/guides/structured-outputs";
const claude = "https://platform.claude.com/docs/en/build-with-claude/structured-outputs";
const gemini = "https://ai.google.dev/gemini-api/docs/structured-output";

/** From GPT-4o of August 2024 on, but for its first snapshot, and o1 with all that reason after it. */
const openaiModels =
  /^(gpt-4o(-mini)?(-20(24-(08-06|07-18|11-20)|25.*))?|gpt-4\.1.*|gpt-[56][.\d]*(-(mini|nano|pro|sol|luna|terra|astra|cyber))*(-20\d\d-\d\d-\d\d)?|o1(-20.*)?|o3(-mini)?(-20.*)?|o4-mini(-20.*)?)$/;
const openaiBefore =
  /^(gpt-3\.5-.*|gpt-4(-turbo.*|-32k.*|-\d{4}.*|-vision.*)?|gpt-4o-2024-05-13|o1-(mini|preview).*)$/;

const claudeModels = /claude-((haiku|sonnet|opus)-4-[5-9]|(opus|sonnet|fable|mythos)-5)/;
const claudeBefore = /claude-(2|3|(sonnet|opus)-4(-0|-20|@|$))/;

/**
 * Answers held to a JSON Schema by the vendor itself. What no vendor's page says of a model stays unknown; a
 * gateway can then still ask for the schema through a tool.
 */
export const structuredOutputs: readonly CatalogOverride[] = [
  can("openai", openaiModels, openai),
  cannot("openai", openaiBefore, openai),
  can(
    "azure-openai",
    openaiModels,
    "https://learn.microsoft.com/azure/ai-foundry/openai/how-to/structured-outputs",
  ),
  cannot(
    "azure-openai",
    openaiBefore,
    "https://learn.microsoft.com/azure/ai-foundry/openai/how-to/structured-outputs",
  ),
  can("anthropic", claudeModels, claude),
  cannot("anthropic", claudeBefore, claude),
  can("bedrock", /anthropic\.claude-(haiku-4-5|sonnet-4-[56]|opus-4-[56])/, claude),
  cannot("bedrock", /anthropic\.claude-(2|3|(sonnet|opus)-4-20)/, claude),
  can("vertex", /^claude-(opus-4-[67]|sonnet-4-6|mythos)/, claude),
  can("google", /^gemini-(1\.5|2\.0|2\.5|3)[.\d]*-(flash|pro)(-lite)?(-preview.*|-customtools)?$/, gemini),
  can("vertex", /^gemini-(2\.0|2\.5|3)[.\d]*-(flash|pro)(-lite)?(-preview.*|-customtools)?$/, gemini),
  can(
    "cohere",
    /^command-(a|r7b|r-08-2024|r-plus-08-2024|r|r-plus)/,
    "https://docs.cohere.com/docs/structured-outputs",
  ),
  can(
    "mistral",
    /^(mistral|ministral|open-mistral-nemo|pixtral|devstral|codestral-(25|latest)|magistral)/,
    "https://docs.mistral.ai/capabilities/structured_output/custom_structured_output",
  ),
  can(
    "groq",
    /^(openai\/gpt-oss|moonshotai\/kimi-k2|meta-llama\/llama-4)/,
    "https://console.groq.com/docs/structured-outputs",
  ),
  can("xai", /^grok-(2-(1212|latest)|2-vision-1212|3|4)/, "https://docs.x.ai/docs/guides/structured-outputs"),
  cannot("deepseek", /^deepseek-(chat|reasoner|v4)/, "https://api-docs.deepseek.com/guides/json_mode"),
  can("perplexity", /^sonar/, "https://docs.perplexity.ai/guides/structured-outputs"),
  can("cerebras", /./, "https://inference-docs.cerebras.ai/capabilities/structured-outputs"),
  can(
    "fireworks",
    /\/models\//,
    "https://docs.fireworks.ai/structured-responses/structured-response-formatting",
  ),
];
