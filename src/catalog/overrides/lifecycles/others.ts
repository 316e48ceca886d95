import type { CatalogOverride } from "../override.ts";
import { modelsDev } from "../sources.ts";
import { life } from "./life.ts";

const cohere = life("cohere", "https://docs.cohere.com/docs/deprecations");
const cerebras = life("cerebras", "https://inference-docs.cerebras.ai/support/deprecation");
const perplexity = life(
  "perplexity",
  "https://docs.perplexity.ai/docs/agent-api/migrate-from-sonar/overview",
);
const moonshot = life("moonshot", "https://platform.kimi.ai/docs/models");
const alibaba = life("alibaba", "https://www.alibabacloud.com/help/en/model-studio/model-depreciation");
const together = life("together", modelsDev("togetherai"));
const llmgateway = "https://github.com/theopenco/llmgateway/pull";

const sonar = { retiredOn: "2026-09-27", replacement: "perplexity/sonar" };
const commands = { deprecatedOn: "2025-09-15", replacement: "command-a-03-2025" };

/** Vendors with few deprecations each. */
export const otherLives: readonly CatalogOverride[] = [
  // "Deprecated" at Cohere: no longer served to those who did not use them.
  cohere("command command-light command-r command-r-plus", commands),
  cohere("c4ai-aya-expanse-8b", { retiredOn: "2026-04-04", replacement: "command-r7b-12-2024" }),

  cerebras("qwen-3-coder-480b", { retiredOn: "2025-11-05" }),
  cerebras("zai-glm-4.6", { retiredOn: "2026-01-20" }),
  cerebras("qwen-3-32b llama-3.3-70b", { retiredOn: "2026-02-16", replacement: "gpt-oss-120b" }),
  cerebras("llama3.1-8b qwen-3-235b-a22b-instruct-2507", {
    retiredOn: "2026-05-27",
    replacement: "gpt-oss-120b",
  }),
  cerebras("zai-glm-4.7", { retiredOn: "2026-08-17" }),

  // All that the Sonar API served went with it.
  perplexity("sonar sonar-pro sonar-pro-search sonar-reasoning-pro sonar-deep-research", sonar),
  perplexity("sonar-reasoning r1-1776 llama-3.1-sonar-small-128k-online llama-3.1-sonar-large-128k-online", {
    isRetired: true,
    replacement: "perplexity/sonar",
  }),

  moonshot("kimi-k2 kimi-k2-0711-preview kimi-k2-0905-preview kimi-k2-thinking kimi-k2-thinking-turbo", {
    retiredOn: "2026-05-25",
    replacement: "kimi-k2.6",
  }),
  moonshot("kimi-k2-turbo-preview", { retiredOn: "2026-05-25", replacement: "kimi-k2.7-code-highspeed" }),
  moonshot("kimi-k2.5 moonshot-v1-8k moonshot-v1-32k moonshot-v1-128k", {
    retiredOn: "2026-08-31",
    replacement: "kimi-k2.6",
  }),
  moonshot("moonshot-v1-8k-vision-preview moonshot-v1-32k-vision-preview moonshot-v1-128k-vision-preview", {
    retiredOn: "2026-08-31",
    replacement: "kimi-k2.6",
  }),

  alibaba("qwen3-coder-plus", { retiredOn: "2026-10-10", replacement: "qwen3.7-plus" }),
  alibaba("qwen3-max", { retiredOn: "2026-10-10", replacement: "qwen3.7-max" }),

  // Together announces by mail; others have written down what it said.
  life("together", "https://github.com/earendil-works/pi/issues/6132")("zai-org/GLM-5.1", {
    retiredOn: "2026-07-10",
    replacement: "zai-org/GLM-5.2",
  }),
  life("together", "https://github.com/earendil-works/pi/issues/6132")(
    "Qwen/Qwen3-235B-A22B-Instruct-2507-tput",
    { retiredOn: "2026-07-10", replacement: "MiniMaxAI/MiniMax-M3" },
  ),
  life("together", `${llmgateway}/3452`)("moonshotai/Kimi-K2.6", {
    retiredOn: "2026-08-19",
    replacement: "moonshotai/Kimi-K3",
  }),
  life("together", `${llmgateway}/3889`)("openai/gpt-oss-20b google/gemma-4-31B-it", {
    retiredOn: "2026-09-15",
  }),
  together("Qwen/Qwen3-Coder-Next-FP8 Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8", { isDeprecated: true }),
  together("deepseek-ai/DeepSeek-R1 deepseek-ai/DeepSeek-V3 deepseek-ai/DeepSeek-V3-1", {
    isDeprecated: true,
  }),
  together("MiniMaxAI/MiniMax-M2.5 moonshotai/Kimi-K2.5", { isDeprecated: true }),
].flat();
