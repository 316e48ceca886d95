import type { CatalogOverride } from "./override.ts";

/** What a host's row denies and the model has elsewhere, so that what the host does is not known. */
export const contested: readonly CatalogOverride[] = [
  {
    provider: "deepinfra",
    ids: ["Qwen/Qwen3.8-Max"],
    set: {},
    unknown: ["images"],
    source: "https://github.com/AlibabaCloud-Official/Qwen3.8-max",
    asOf: "2026-11-24",
  },
  {
    provider: "deepinfra",
    ids: ["Qwen/Qwen3.8-Flash"],
    set: {},
    unknown: ["images"],
    source: "https://vercel.com/ai-gateway/models/qwen3.8-flash",
    asOf: "2026-11-24",
  },
  {
    provider: "fireworks",
    ids: ["accounts/fireworks/models/qwen3p8-max"],
    set: {},
    unknown: ["tools"],
    source: "https://inference.readthedocs.io/zh-cn/latest/_sources/models/builtin/llm/qwen3.8-max.rst.txt",
    asOf: "2026-11-24",
  },
  {
    provider: "huggingface",
    ids: ["XiaomiMiMo/MiMo-V2.5"],
    set: {},
    unknown: ["images"],
    source:
      "https://github.com/anomalyco/models.dev/blob/f3fc692299671838c7c65fd8126bf84d81a2e817/models/xiaomi/mimo-v2.5.toml",
    asOf: "2026-11-24",
  },
];
