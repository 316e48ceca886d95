import type { CatalogOverride } from "./override.ts";
import { said } from "./said.ts";
import { braintrust, liteLlm, modelsDev } from "./sources.ts";

const oldGpt = said("openai", liteLlm);
/** Rows that models.dev has removed. */
const preview = said("openai", modelsDev("openai", "d3e9843abd058e944a134b753149e0740d60086f"));
const firstThinkers = said("openai", modelsDev("openai", "1ba404612dcceee2c31804eca315dc08a29c6994"));
const oldHaiku = said("anthropic", modelsDev("anthropic", "1ba404612dcceee2c31804eca315dc08a29c6994"));
const vertex = said("vertex", modelsDev("google-vertex", "b933688a779d78ab3ec7e8ff8441c0a3abae557e"));
const vertexBefore = said("vertex", braintrust);

const openai = said("openai", modelsDev("openai"));
const voice = said("openai", "https://developers.openai.com/api/docs/models/gpt-audio.md");
const smallVoice = said("openai", "https://developers.openai.com/api/docs/models/gpt-audio-mini.md");
const voiceTools = said(
  "openai",
  "https://www.getmaxim.ai/bifrost/model-library/compare/openai/gpt-audio-2025-08-28",
);
const azure = said("azure-openai", modelsDev("azure"));
const claude = said("anthropic", modelsDev("anthropic"));
const gemini = said("google", braintrust);
const deepseek = said("deepseek", modelsDev("deepseek"));
const cohere = said("cohere", "https://docs.cohere.com/docs/models");
const listed = said("bedrock", liteLlm);
const bedrock = said("bedrock", modelsDev("amazon-bedrock"));
const xai = said("xai", braintrust);
const mistral = said("mistral", braintrust);
const zhipu = said("zhipu", "https://docs.z.ai/guides/overview/pricing");
const openrouter = said("openrouter", modelsDev("openrouter"));
const nvidia = said("nvidia", liteLlm);

const vision = { takes: ["text", "image"] } as const;
const command = { contextWindow: 128_000, maxOutputTokens: 4_000, takes: ["text"], can: ["tools"] } as const;

/** Windows, limits of answers and abilities that the data packages lack, or have otherwise than the vendors. */
export const limits: readonly CatalogOverride[] = [
  voice("gpt-audio gpt-audio-2025-08-28", { maxOutputTokens: 16_384 }),
  voiceTools("gpt-audio gpt-audio-2025-08-28", { can: ["tools"] }),
  smallVoice("gpt-audio-mini gpt-audio-mini-2025-12-15", { maxOutputTokens: 16_384 }),
  oldGpt("gpt-4-32k gpt-4-32k-0314 gpt-4-32k-0613", { contextWindow: 32_768 }),
  oldGpt("gpt-3.5-turbo gpt-3.5-turbo-0125 gpt-3.5-turbo-1106", { maxOutputTokens: 4_096 }),
  preview("gpt-4.5-preview", {
    ...vision,
    contextWindow: 128_000,
    maxOutputTokens: 16_384,
    can: ["tools", "json-schema"],
  }),
  firstThinkers("o1-mini o1-mini-2024-09-12", { maxOutputTokens: 65_536 }),
  firstThinkers("o1-preview o1-preview-2024-09-12", { maxOutputTokens: 32_768 }),
  // The packages have the limit of the prompt alone.
  openai("gpt-5-codex gpt-5.1-codex gpt-5.1-codex-max gpt-5.1-codex-mini gpt-5.2-codex gpt-5.3-codex", {
    contextWindow: 400_000,
  }),
  azure("gpt-5-codex gpt-5.1-codex gpt-5.1-codex-max gpt-5.1-codex-mini gpt-5.2-codex gpt-5.3-codex", {
    contextWindow: 400_000,
  }),

  oldHaiku("claude-3-5-haiku-20241022 claude-3-5-haiku-latest", { maxOutputTokens: 8_192, can: ["tools"] }),
  claude("claude-3-7-sonnet-20250219", {
    maxOutputTokens: 64_000,
    can: ["tools", "reasoning"],
  }),
  claude("claude-3-opus-20240229 claude-3-sonnet-20240229", {
    ...vision,
    maxOutputTokens: 4_096,
    can: ["tools"],
  }),

  gemini("gemini-1.5-pro", { contextWindow: 2_097_152 }),
  gemini("gemini-1.5-flash", { contextWindow: 1_048_576 }),
  vertexBefore("gemini-1.5-pro", { contextWindow: 2_097_152, maxOutputTokens: 8_192 }),
  vertexBefore("gemini-1.5-flash", { contextWindow: 1_048_576, maxOutputTokens: 8_192 }),
  vertex("gemini-2.0-flash gemini-2.0-flash-lite", {
    contextWindow: 1_048_576,
    maxOutputTokens: 8_192,
    can: ["tools"],
  }),

  xai("grok-4 grok-4-0709 grok-4-latest", { ...vision, contextWindow: 256_000 }),

  // At last both were names of the model that came after them.
  deepseek("deepseek-chat", { contextWindow: 1_000_000, maxOutputTokens: 384_000, can: ["tools"] }),
  deepseek("deepseek-reasoner", {
    contextWindow: 1_000_000,
    maxOutputTokens: 384_000,
    can: ["tools", "reasoning"],
  }),

  cohere("command-a-03-2025", {
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
  cohere("command-r7b-12-2024", { ...command, lacks: ["images", "reasoning"] }),
  cohere("c4ai-aya-expanse-32b c4ai-aya-expanse-8b", { maxOutputTokens: 4_000 }),

  listed("amazon.nova-lite-v1:0 amazon.nova-pro-v1:0", { takes: ["text", "image", "video", "file"] }),
  listed("us.amazon.nova-lite-v1:0 us.amazon.nova-pro-v1:0", { takes: ["text", "image", "video", "file"] }),
  listed("eu.amazon.nova-lite-v1:0 eu.amazon.nova-pro-v1:0", { takes: ["text", "image", "video", "file"] }),
  listed("apac.amazon.nova-lite-v1:0 apac.amazon.nova-pro-v1:0 ca.amazon.nova-lite-v1:0", {
    takes: ["text", "image", "video", "file"],
  }),
  bedrock("meta.llama4-scout-17b-instruct-v1:0 us.meta.llama4-scout-17b-instruct-v1:0", {
    contextWindow: 3_500_000,
  }),
  listed("mistral.mistral-large-2402-v1:0", { contextWindow: 32_000 }),

  mistral("ministral-3b-latest ministral-3b-2512 ministral-8b-latest ministral-8b-2512 ministral-14b-2512", {
    ...vision,
    contextWindow: 262_144,
  }),
  said("mistral", liteLlm)("ministral-3b-2512 ministral-8b-latest ministral-8b-2512 ministral-14b-2512", {
    can: ["tools"],
  }),
  said("mistral", modelsDev("mistral"))("ministral-3b-latest", { can: ["tools"] }),

  zhipu("glm-4.5-flash glm-4.6v-flash glm-4.7-flash", {
    prices: [{ input: 0, output: 0, cacheRead: 0 }],
  }),
  said("zhipu", modelsDev("zai"))("glm-4.5-flash glm-4.7-flash", { can: ["tools"] }),

  said("fireworks", modelsDev("fireworks-ai"))("accounts/fireworks/models/gpt-oss-20b", { can: ["tools"] }),
  openrouter("openai/gpt-5.3-chat", vision),
  // The packages have the same window for every model of NVIDIA that they do not know better; these were trained for less.
  nvidia("meta/llama3-70b-instruct meta/llama3-8b-instruct", { contextWindow: 8_192 }),
  said("nvidia", "https://huggingface.co/google/gemma-2-2b/discussions/11")(
    "google/gemma-2-27b-it google/gemma-2-2b-it",
    { contextWindow: 8_192 },
  ),
  // The package has twenty million. The model has this where its host says so.
  said("together", liteLlm)("meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8", {
    contextWindow: 1_048_576,
  }),
];
