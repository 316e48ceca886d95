import type { CatalogOverride } from "../override.ts";
import { anthropicLives } from "./anthropic.ts";
import { azureLives } from "./azure-openai.ts";
import { bedrockLives } from "./bedrock.ts";
import { deepseekLives } from "./deepseek.ts";
import { googleLives } from "./google.ts";
import { groqLives } from "./groq.ts";
import { mistralLives } from "./mistral.ts";
import { openaiLives } from "./openai.ts";
import { otherLives } from "./others.ts";
import { xaiLives } from "./xai.ts";

/** When models go. Vendors that run another vendor's models have dates of their own. */
export const lifecycles: readonly CatalogOverride[] = [
  ...openaiLives,
  ...azureLives,
  ...anthropicLives,
  ...googleLives,
  ...bedrockLives,
  ...mistralLives,
  ...groqLives,
  ...xaiLives,
  ...deepseekLives,
  ...otherLives,
];
