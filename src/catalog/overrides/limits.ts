import type { ModelRow } from "../model-card.ts";
import type { HttpProviderType } from "../providers/index.ts";
import type { CatalogOverride } from "./override.ts";

/** What one page says of models: their ids with spaces between them. */
const said =
  (provider: HttpProviderType, source: string) =>
  (ids: string, set: ModelRow): CatalogOverride => ({
    provider,
    ids: ids.split(" "),
    set,
    source,
    asOf: "2026-11-24",
  });

const openai = said("openai", "https://developers.openai.com/api/docs/models");
const azure = said("azure-openai", "https://learn.microsoft.com/azure/ai-foundry/openai/concepts/models");
const claude = said("anthropic", "https://platform.claude.com/docs/en/about-claude/models/overview");
const gemini = said("google", "https://ai.google.dev/gemini-api/docs/models");
const vertex = said("vertex", "https://cloud.google.com/vertex-ai/generative-ai/docs/models");
const deepseek = said("deepseek", "https://api-docs.deepseek.com/quick_start/pricing");
const cohere = said("cohere", "https://docs.cohere.com/docs/models");
const bedrock = said("bedrock", "https://docs.aws.amazon.com/bedrock/latest/userguide/models-supported.html");
const xai = said("xai", "https://docs.x.ai/docs/models");
const mistral = said("mistral", "https://docs.mistral.ai/getting-started/models");
const zhipu = said("zhipu", "https://docs.z.ai/guides/overview/pricing");
const fireworks = said("fireworks", "https://fireworks.ai/models");
const openrouter = said("openrouter", "https://openrouter.ai/openai/gpt-5.3-chat");

const nvidia = said("nvidia", "https://build.nvidia.com/models");
const together = said("together", "https://docs.together.ai/docs/serverless-models");

const vision = { takes: ["text", "image"] } as const;
const command = { contextWindow: 128_000, maxOutputTokens: 4_000, takes: ["text"], can: ["tools"] } as const;

/** Windows, limits of answers and abilities that the data packages lack, or have otherwise than the vendors. */
export const limits: readonly CatalogOverride[] = [
  openai("gpt-4-32k gpt-4-32k-0314 gpt-4-32k-0613", { contextWindow: 32_768 }),
  openai("gpt-3.5-turbo gpt-3.5-turbo-0125 gpt-3.5-turbo-1106", { maxOutputTokens: 4_096 }),
  openai("gpt-4.5-preview", {
    ...vision,
    contextWindow: 128_000,
    maxOutputTokens: 16_384,
    can: ["tools", "json-schema"],
  }),
  openai("o1-mini o1-mini-2024-09-12", { maxOutputTokens: 65_536 }),
  openai("o1-preview o1-preview-2024-09-12", { maxOutputTokens: 32_768 }),
  // The packages have the limit of the prompt alone.
  openai("gpt-5-codex gpt-5.1-codex gpt-5.1-codex-max gpt-5.1-codex-mini gpt-5.2-codex gpt-5.3-codex", {
    contextWindow: 400_000,
  }),
  azure("gpt-5-codex gpt-5.1-codex gpt-5.1-codex-max gpt-5.1-codex-mini gpt-5.2-codex gpt-5.3-codex", {
    contextWindow: 400_000,
  }),

  claude("claude-3-5-haiku-20241022 claude-3-5-haiku-latest", { maxOutputTokens: 8_192, can: ["tools"] }),
  claude("claude-3-7-sonnet-20250219 claude-3-7-sonnet-latest", {
    maxOutputTokens: 64_000,
    can: ["tools", "reasoning"],
  }),
  claude("claude-3-opus-20240229 claude-3-opus-latest claude-3-sonnet-20240229", {
    ...vision,
    maxOutputTokens: 4_096,
    can: ["tools"],
  }),

  gemini("gemini-1.5-pro", { contextWindow: 2_097_152 }),
  gemini("gemini-1.5-flash gemini-1.5-flash-8b", { contextWindow: 1_048_576 }),
  vertex("gemini-1.5-pro", { contextWindow: 2_097_152, maxOutputTokens: 8_192, can: ["tools"] }),
  vertex("gemini-1.5-flash gemini-2.0-flash gemini-2.0-flash-lite", {
    contextWindow: 1_048_576,
    maxOutputTokens: 8_192,
    can: ["tools"],
  }),

  xai("grok-4 grok-4-0709 grok-4-latest", { ...vision, contextWindow: 256_000 }),

  deepseek("deepseek-chat", { contextWindow: 128_000, maxOutputTokens: 8_192, can: ["tools"] }),
  deepseek("deepseek-reasoner", {
    contextWindow: 128_000,
    maxOutputTokens: 64_000,
    can: ["tools", "reasoning"],
  }),

  cohere("command-a command-a-03-2025", {
    contextWindow: 256_000,
    maxOutputTokens: 8_000,
    takes: ["text"],
    can: ["tools"],
    lacks: ["images", "reasoning"],
  }),
  cohere("command-r command-r-08-2024 command-r-plus command-r-plus-08-2024", {
    ...command,
    lacks: ["images", "reasoning"],
  }),
  cohere("command-r7b command-r7b-12-2024", { ...command, lacks: ["images", "reasoning"] }),
  cohere("c4ai-aya-expanse-32b c4ai-aya-expanse-8b", { maxOutputTokens: 4_000 }),

  bedrock("amazon.nova-lite-v1:0 amazon.nova-pro-v1:0", { takes: ["text", "image", "video", "file"] }),
  bedrock("us.amazon.nova-lite-v1:0 us.amazon.nova-pro-v1:0", { takes: ["text", "image", "video", "file"] }),
  bedrock("eu.amazon.nova-lite-v1:0 eu.amazon.nova-pro-v1:0", { takes: ["text", "image", "video", "file"] }),
  bedrock("apac.amazon.nova-lite-v1:0 apac.amazon.nova-pro-v1:0 ca.amazon.nova-lite-v1:0", {
    takes: ["text", "image", "video", "file"],
  }),
  bedrock("meta.llama4-scout-17b-instruct-v1:0 us.meta.llama4-scout-17b-instruct-v1:0", {
    contextWindow: 3_500_000,
  }),
  bedrock("mistral.mistral-large-2402-v1:0", { contextWindow: 32_000 }),

  mistral("ministral-3b-latest ministral-3b-2512", {
    ...vision,
    contextWindow: 262_144,
    can: ["tools"],
  }),
  mistral("ministral-8b-latest ministral-8b-2512 ministral-14b-2512", {
    ...vision,
    contextWindow: 262_144,
    can: ["tools"],
  }),

  zhipu("glm-4.5-flash glm-4.6v-flash glm-4.7-flash", {
    can: ["tools"],
    prices: [{ input: 0, output: 0, cacheRead: 0 }],
  }),

  fireworks("accounts/fireworks/models/gpt-oss-20b accounts/fireworks/models/qwen3p8-max", {
    can: ["tools"],
  }),
  openrouter("openai/gpt-5.3-chat", vision),
  // The packages have the same window for every model of NVIDIA that they do not know better; these were trained for less.
  nvidia("google/gemma-2-27b-it google/gemma-2-2b-it meta/llama3-70b-instruct meta/llama3-8b-instruct", {
    contextWindow: 8_192,
  }),
  together("meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8", { contextWindow: 1_048_576 }),
];
