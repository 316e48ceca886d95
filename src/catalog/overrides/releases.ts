import type { HttpProviderType } from "../providers/index.ts";
import type { CatalogOverride } from "./override.ts";
import { modelsDev } from "./sources.ts";

/** Where models.dev keeps them; rows that it has removed since are in the history of the folder. */
const folders: Readonly<Partial<Record<HttpProviderType, string>>> = {
  "azure-openai": "azure",
  vertex: "google-vertex",
  bedrock: "amazon-bedrock",
  moonshot: "moonshotai",
  zhipu: "zai",
};

/** Ids with spaces between them, by the day on which they came out and by provider type. */
const days: Readonly<Partial<Record<HttpProviderType, Readonly<Record<string, string>>>>> = {
  openai: {
    "2022-12-15": "text-embedding-ada-002",
    "2023-03-01": "gpt-3.5-turbo",
    "2024-01-25": "text-embedding-3-large text-embedding-3-small",
    "2024-05-13": "gpt-4o gpt-4o-2024-05-13",
    "2024-07-18": "gpt-4o-mini gpt-4o-mini-2024-07-18",
    "2024-08-06": "gpt-4o-2024-08-06",
    "2024-09-12": "o1-mini o1-mini-2024-09-12 o1-preview o1-preview-2024-09-12",
    "2024-11-20": "gpt-4o-2024-11-20",
    "2024-12-05": "o1",
    "2024-12-20": "o3-mini",
    "2025-02-01": "gpt-4.5-preview",
    "2025-03-19": "o1-pro o1-pro-2025-03-19",
    "2025-04-14":
      "gpt-4.1 gpt-4.1-2025-04-14 gpt-4.1-mini gpt-4.1-mini-2025-04-14 gpt-4.1-nano " +
      "gpt-4.1-nano-2025-04-14",
    "2025-04-16": "o3 o3-2025-04-16 o4-mini o4-mini-2025-04-16",
    "2025-04-24": "gpt-image-1",
    "2025-06-10": "o3-pro o3-pro-2025-06-10",
    "2025-08-07": "gpt-5 gpt-5-2025-08-07 gpt-5-mini gpt-5-mini-2025-08-07 gpt-5-nano",
    "2025-09-15": "gpt-5-codex",
    "2025-09-26": "gpt-image-1-mini",
    "2025-10-06": "gpt-5-pro gpt-5-pro-2025-10-06",
    "2025-11-13": "gpt-5.1 gpt-5.1-2025-11-13 gpt-5.1-codex gpt-5.1-codex-max gpt-5.1-codex-mini",
    "2025-11-25": "gpt-image-1.5",
    "2025-12-11": "gpt-5.2 gpt-5.2-2025-12-11 gpt-5.2-codex gpt-5.2-pro gpt-5.2-pro-2025-12-11",
    "2026-02-05": "gpt-5.3-codex gpt-5.3-codex-spark",
    "2026-03-05": "gpt-5.4 gpt-5.4-2026-03-05 gpt-5.4-pro gpt-5.4-pro-2026-03-05",
    "2026-03-17": "gpt-5.4-mini gpt-5.4-mini-2026-03-17 gpt-5.4-nano gpt-5.4-nano-2026-03-17",
    "2026-04-21": "gpt-image-2 gpt-image-2-2026-04-21",
    "2026-04-23": "gpt-5.5 gpt-5.5-2026-04-23 gpt-5.5-pro gpt-5.5-pro-2026-04-23",
  },
  "azure-openai": {
    "2022-12-15": "text-embedding-ada-002",
    "2023-03-14": "gpt-4 gpt-4-32k",
    "2023-11-06": "gpt-4-turbo gpt-4-turbo-vision",
    "2024-01-25": "text-embedding-3-large text-embedding-3-small",
    "2024-04-23": "phi-3-medium-128k-instruct phi-3-mini-128k-instruct",
    "2024-05-13": "gpt-4o",
    "2024-07-18": "gpt-4o-mini",
    "2024-09-12": "o1-mini o1-preview",
    "2024-12-05": "o1",
    "2024-12-11": "phi-4 phi-4-reasoning-plus",
    "2024-12-20": "o3-mini",
    "2025-04-14": "gpt-4.1 gpt-4.1-mini gpt-4.1-nano",
    "2025-04-16": "o3 o4-mini",
    "2025-05-16": "codex-mini",
    "2025-08-07": "gpt-5 gpt-5-mini gpt-5-nano",
    "2025-09-15": "gpt-5-codex",
    "2025-10-06": "gpt-5-pro",
    "2025-11-13": "gpt-5.1-codex-max",
    "2025-11-14": "gpt-5.1 gpt-5.1-chat gpt-5.1-codex gpt-5.1-codex-mini",
    "2025-12-11": "gpt-5.2 gpt-5.2-chat",
    "2026-01-14": "gpt-5.2-codex",
    "2026-02-24": "gpt-5.3-codex",
    "2026-03-03": "gpt-5.3-chat",
    "2026-03-05": "gpt-5.4 gpt-5.4-pro",
    "2026-03-17": "gpt-5.4-mini gpt-5.4-nano",
    "2026-04-24": "gpt-5.5",
  },
  anthropic: {
    "2024-02-29": "claude-3-opus-20240229",
    "2024-03-04": "claude-3-sonnet-20240229",
    "2024-03-13": "claude-3-haiku-20240307",
    "2024-06-20": "claude-3-5-sonnet-20240620",
    "2024-10-22": "claude-3-5-haiku-20241022 claude-3-5-sonnet-20241022",
    "2025-02-19": "claude-3-7-sonnet-20250219",
    "2025-05-22": "claude-opus-4-0 claude-opus-4-20250514 claude-sonnet-4-0 claude-sonnet-4-20250514",
    "2025-08-05": "claude-opus-4-1 claude-opus-4-1-20250805",
    "2025-09-29": "claude-sonnet-4-5 claude-sonnet-4-5-20250929",
    "2025-10-15": "claude-haiku-4-5 claude-haiku-4-5-20251001",
    "2025-11-24": "claude-opus-4-5 claude-opus-4-5-20251101",
    "2026-02-05": "claude-opus-4-6",
    "2026-02-17": "claude-sonnet-4-6",
    "2026-04-16": "claude-opus-4-7",
    "2026-05-28": "claude-opus-4-8",
    "2026-06-09": "claude-fable-5",
    "2026-06-30": "claude-sonnet-5",
  },
  google: {
    "2024-02-15": "gemini-1.5-pro",
    "2024-05-14": "gemini-1.5-flash",
    "2024-10-03": "gemini-1.5-flash-8b",
    "2025-03-12": "gemma-3-27b-it",
    "2025-04-17": "gemini-2.5-flash-preview-04-17",
    "2025-05-01": "gemini-2.5-flash-preview-tts gemini-2.5-pro-preview-tts",
    "2025-05-06": "gemini-2.5-pro-preview-05-06",
    "2025-05-20": "gemini-2.5-flash-preview-05-20 gemini-embedding-001",
    "2025-06-05": "gemini-2.5-pro-preview-06-05",
    "2025-06-17": "gemini-2.5-flash-lite-preview-06-17 gemini-live-2.5-flash-preview-native-audio",
    "2025-08-26": "gemini-2.5-flash-image-preview",
    "2025-09-01": "gemini-live-2.5-flash",
    "2025-09-25": "gemini-2.5-flash-lite-preview-09-2025 gemini-2.5-flash-preview-09-2025",
    "2025-09-30": "gemini-2.5-flash-tts",
    "2025-11-20": "gemini-3-pro-image-preview",
    "2025-12-17": "gemini-3-flash-preview",
    "2026-02-19": "gemini-3.1-pro-preview gemini-3.1-pro-preview-customtools",
    "2026-02-26": "gemini-3.1-flash-image-preview",
    "2026-03-03": "gemini-3.1-flash-lite-preview",
    "2026-04-02":
      "gemma-4-26b gemma-4-26b-a4b-it gemma-4-26b-it gemma-4-31b gemma-4-31b-it gemma-4-E2B-it " +
      "gemma-4-E4B-it",
  },
  vertex: {
    "2024-12-11": "gemini-2.0-flash gemini-2.0-flash-lite",
    "2025-04-29": "meta/llama-4-maverick-17b-128e-instruct-maas",
    "2025-05-20": "gemini-embedding-001",
    "2025-08-05": "openai/gpt-oss-120b-maas",
    "2025-09-25": "gemini-2.5-flash-preview-09-2025",
    "2025-09-29": "claude-sonnet-4-5@20250929",
    "2025-09-30": "gemini-2.5-flash-tts gemini-2.5-pro-tts",
    "2025-10-15": "claude-haiku-4-5@20251001",
    "2025-11-18": "gemini-3-pro-preview",
    "2025-11-24": "claude-opus-4-5@20251101",
    "2025-12-17": "gemini-3-flash-preview",
    "2026-02-05": "claude-opus-4-6@default",
    "2026-02-17": "claude-sonnet-4-6@default",
    "2026-02-19": "gemini-3.1-pro-preview gemini-3.1-pro-preview-customtools",
    "2026-04-16": "claude-opus-4-7@default",
    "2026-05-07": "gemini-3.1-flash-lite",
    "2026-05-19": "gemini-3.5-flash",
    "2026-05-28": "claude-opus-4-8@default",
    "2026-06-30": "claude-sonnet-5@default",
  },
  bedrock: {
    "2024-02-29": "anthropic.claude-3-opus-20240229-v1:0 eu.anthropic.claude-3-opus-20240229-v1:0",
    "2024-03-04": "anthropic.claude-3-sonnet-20240229-v1:0 eu.anthropic.claude-3-sonnet-20240229-v1:0",
    "2024-03-13": "anthropic.claude-3-haiku-20240307-v1:0 eu.anthropic.claude-3-haiku-20240307-v1:0",
    "2024-10-22":
      "anthropic.claude-3-5-haiku-20241022-v1:0 anthropic.claude-3-5-sonnet-20241022-v2:0 " +
      "eu.anthropic.claude-3-5-haiku-20241022-v1:0 eu.anthropic.claude-3-5-sonnet-20241022-v2:0",
    "2024-12-03":
      "amazon.nova-lite-v1:0 amazon.nova-micro-v1:0 amazon.nova-pro-v1:0 " +
      "apac.amazon.nova-lite-v1:0 apac.amazon.nova-micro-v1:0 apac.amazon.nova-pro-v1:0 " +
      "ca.amazon.nova-lite-v1:0 eu.amazon.nova-micro-v1:0 us.amazon.nova-micro-v1:0",
    "2025-02-19": "eu.anthropic.claude-3-7-sonnet-20250219-v1:0 us.anthropic.claude-3-7-sonnet-20250219-v1:0",
    "2025-05-22":
      "apac.anthropic.claude-sonnet-4-20250514-v1:0 eu.anthropic.claude-opus-4-20250514-v1:0 " +
      "eu.anthropic.claude-sonnet-4-20250514-v1:0 global.anthropic.claude-sonnet-4-20250514-v1:0 " +
      "us.anthropic.claude-opus-4-20250514-v1:0 us.anthropic.claude-sonnet-4-20250514-v1:0",
    "2025-08-05":
      "eu.anthropic.claude-opus-4-1-20250805-v1:0 us-gov.anthropic.claude-opus-4-1-20250805-v1:0 " +
      "us.anthropic.claude-opus-4-1-20250805-v1:0",
    "2025-09-29":
      "au.anthropic.claude-sonnet-4-5-20250929-v1:0 eu.anthropic.claude-sonnet-4-5-20250929-v1:0 " +
      "global.anthropic.claude-sonnet-4-5-20250929-v1:0 " +
      "jp.anthropic.claude-sonnet-4-5-20250929-v1:0 " +
      "us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0 " +
      "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    "2025-10-15":
      "au.anthropic.claude-haiku-4-5-20251001-v1:0 eu.anthropic.claude-haiku-4-5-20251001-v1:0 " +
      "global.anthropic.claude-haiku-4-5-20251001-v1:0 jp.anthropic.claude-haiku-4-5-20251001-v1:0 " +
      "us-gov.anthropic.claude-haiku-4-5-20251001-v1:0 us.anthropic.claude-haiku-4-5-20251001-v1:0",
    "2025-11-24":
      "eu.anthropic.claude-opus-4-5-20251101-v1:0 global.anthropic.claude-opus-4-5-20251101-v1:0 " +
      "us-gov.anthropic.claude-opus-4-5-20251101-v1:0 us.anthropic.claude-opus-4-5-20251101-v1:0",
    "2026-02-05":
      "anthropic.claude-opus-4-6-v1 au.anthropic.claude-opus-4-6-v1 eu.anthropic.claude-opus-4-6-v1 " +
      "global.anthropic.claude-opus-4-6-v1 " +
      "us-gov.anthropic.claude-opus-4-6-v1 us.anthropic.claude-opus-4-6-v1",
    "2026-02-17":
      "au.anthropic.claude-sonnet-4-6 eu.anthropic.claude-sonnet-4-6 " +
      "global.anthropic.claude-sonnet-4-6 jp.anthropic.claude-sonnet-4-6 " +
      "us-gov.anthropic.claude-sonnet-4-6 us.anthropic.claude-sonnet-4-6",
    "2026-04-16":
      "anthropic.claude-opus-4-7 au.anthropic.claude-opus-4-7 eu.anthropic.claude-opus-4-7 " +
      "global.anthropic.claude-opus-4-7 jp.anthropic.claude-opus-4-7 " +
      "us-gov.anthropic.claude-opus-4-7 us.anthropic.claude-opus-4-7",
    "2026-05-28":
      "anthropic.claude-opus-4-8 au.anthropic.claude-opus-4-8 eu.anthropic.claude-opus-4-8 " +
      "global.anthropic.claude-opus-4-8 jp.anthropic.claude-opus-4-8 " +
      "us-gov.anthropic.claude-opus-4-8 us.anthropic.claude-opus-4-8",
    "2026-06-09":
      "anthropic.claude-fable-5 eu.anthropic.claude-fable-5 global.anthropic.claude-fable-5 " +
      "us-gov.anthropic.claude-fable-5 us.anthropic.claude-fable-5",
    "2026-06-30":
      "anthropic.claude-sonnet-5 au.anthropic.claude-sonnet-5 eu.anthropic.claude-sonnet-5 " +
      "global.anthropic.claude-sonnet-5 jp.anthropic.claude-sonnet-5 " +
      "us-gov.anthropic.claude-sonnet-5 us.anthropic.claude-sonnet-5",
  },
  mistral: {
    "2023-09-27": "open-mistral-7b",
    "2023-12-11": "mistral-embed open-mixtral-8x7b",
    "2024-04-17": "open-mixtral-8x22b",
    "2024-07-01": "mistral-nemo open-mistral-nemo",
    "2024-09-01": "pixtral-12b",
    "2024-11-18": "mistral-large-2411",
    "2025-03-17": "magistral-small",
    "2025-05-07": "devstral-small-2505 mistral-medium-2505",
    "2025-06-20": "mistral-small-2506",
    "2025-07-10": "devstral-medium-2507 devstral-small-2507",
    "2025-08-12": "mistral-medium-2508",
    "2025-12-09": "devstral-2512 labs-devstral-small-2512",
    "2026-03-16": "mistral-small-2603",
    "2026-04-29": "mistral-medium-2604",
  },
  cohere: {
    "2024-08-30": "command-r-08-2024 command-r-plus-08-2024",
    "2024-10-24": "c4ai-aya-expanse-32b c4ai-aya-expanse-8b",
    "2024-12-02": "command-r7b-12-2024",
    "2025-03-13": "command-a-03-2025",
  },
  xai: {
    "2024-08-20": "grok-2",
    "2024-12-12": "grok-2-1212",
    "2025-02-17": "grok-3 grok-3-fast grok-3-mini grok-3-mini-fast",
    "2025-07-09": "grok-4",
    "2025-08-28": "grok-code-fast-1",
    "2025-09-19": "grok-4-fast grok-4-fast-non-reasoning",
    "2025-11-19": "grok-4-1-fast grok-4-1-fast-non-reasoning",
    "2026-01-28": "grok-imagine-image",
    "2026-03-09": "grok-4.20-0309-non-reasoning grok-4.20-0309-reasoning",
    "2026-04-03": "grok-imagine-image-quality",
    "2026-04-16": "grok-build-0.1",
    "2026-04-17": "grok-4.3",
  },
  deepseek: {
    "2026-04-24": "deepseek-v4-flash deepseek-v4-pro",
  },
  moonshot: {
    "2025-07-14": "kimi-k2-0711-preview",
    "2025-09-05": "kimi-k2-0905-preview kimi-k2-turbo-preview",
    "2025-11-06": "kimi-k2-thinking kimi-k2-thinking-turbo",
    "2026-04-21": "kimi-k2.6",
    "2026-06-12": "kimi-k2.7-code kimi-k2.7-code-highspeed",
  },
  zhipu: {
    "2025-07-28": "glm-4.5 glm-4.5-air glm-4.5-flash",
    "2025-08-11": "glm-4.5v",
    "2025-09-30": "glm-4.6",
    "2025-12-08": "glm-4.6v",
    "2025-12-22": "glm-4.7",
    "2026-01-19": "glm-4.7-flash glm-4.7-flashx",
    "2026-02-12": "glm-5",
    "2026-03-16": "glm-5-turbo",
    "2026-04-01": "glm-5v-turbo",
    "2026-04-07": "glm-5.1",
    "2026-06-13": "glm-5.2",
  },
  alibaba: {
    "2024-01-25": "qwen-plus",
    "2024-04-03": "qwen-max",
    "2024-04-08": "qwen-vl-max",
    "2024-11-01": "qwen-turbo",
    "2025-07-23": "qwen3-coder-plus",
    "2025-07-28": "qwen3-coder-flash",
    "2025-09-23": "qwen3-max",
    "2026-04-02": "qwen3.6-plus",
    "2026-04-27": "qwen3.6-flash",
    "2026-05-21": "qwen3.7-max",
    "2026-06-02": "qwen3.7-plus",
  },
  minimax: {
    "2025-10-27": "MiniMax-M2",
    "2025-12-23": "MiniMax-M2.1",
    "2026-02-12": "MiniMax-M2.5",
    "2026-02-13": "MiniMax-M2.5-highspeed",
    "2026-03-18": "MiniMax-M2.7 MiniMax-M2.7-highspeed",
    "2026-06-01": "MiniMax-M3",
  },
};

/**
 * When models came out, as models.dev has it, where neither the data packages nor the vendors' pages on their lives say
 * it. Places and snapshots have the day of their model.
 */
export const releases: readonly CatalogOverride[] = Object.entries(days).flatMap(([provider, byDay]) =>
  Object.entries(byDay).map(([releasedOn, ids]) => ({
    provider: provider as HttpProviderType,
    ids: ids.split(" "),
    set: { releasedOn },
    source: modelsDev(folders[provider as HttpProviderType] ?? provider),
    asOf: "2026-11-24",
  })),
);
