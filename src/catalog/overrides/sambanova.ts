import type { ModelRow } from "../model-card.ts";
import type { CatalogOverride } from "./override.ts";
import { liteLlm } from "./sources.ts";

const cents = 10_000_000;

const said = (ids: string, set: ModelRow): CatalogOverride => ({
  provider: "sambanova",
  ids: ids.split(" "),
  set,
  source: liteLlm,
  asOf: "2026-11-24",
});

/** US dollars per million tokens, in cents. */
const costs = (input: number, output: number): ModelRow => ({
  prices: [{ input: input * cents, output: output * cents }],
});

const words = { takes: ["text"], can: ["tools"] } as const;
const held = { ...words, can: ["tools", "json-schema"] } as const;
const thinks = { takes: ["text"], can: ["tools", "reasoning"] } as const;

/** What SambaNova serves: the data packages have it as far as Hugging Face passes calls on, by prices alone. */
export const sambanovaModels: readonly CatalogOverride[] = [
  said("Meta-Llama-3.1-8B-Instruct Meta-Llama-3.3-70B-Instruct", held),
  said("DeepSeek-V3-0324", words),
  said("gpt-oss-120b Qwen3-32B", thinks),
  said("DeepSeek-R1-0528 DeepSeek-R1-Distill-Llama-70B", { takes: ["text"] }),
  said("DeepSeek-V3.1", { ...thinks, contextWindow: 131_072, ...costs(300, 450) }),
  said("DeepSeek-V3.2", { ...words, contextWindow: 32_768, ...costs(300, 450) }),
  said("MiniMax-M2.7", {
    ...thinks,
    contextWindow: 196_608,
    maxOutputTokens: 131_072,
    ...costs(60, 240),
  }),
  said("Llama-4-Maverick-17B-128E-Instruct", {
    ...held,
    takes: ["text", "image"],
    contextWindow: 131_072,
    ...costs(63, 180),
  }),
  said("gemma-4-31B-it", { takes: ["text", "image"], contextWindow: 131_072, ...costs(38, 115) }),
];
