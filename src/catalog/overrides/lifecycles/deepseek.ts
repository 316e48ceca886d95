import type { CatalogOverride } from "../override.ts";
import { life } from "./life.ts";

const deepseek = life("deepseek", "https://api-docs.deepseek.com/");

/** DeepSeek's names of models that were, and of those that replace them. */
export const deepseekLives: readonly CatalogOverride[] = [
  deepseek("deepseek-chat deepseek-reasoner", { retiredOn: "2026-07-24", replacement: "deepseek-flash" }),
  // Still accepted, and answered by the model that replaces them.
  deepseek("deepseek-v4-flash deepseek-v4-flash-vision-exp", {
    isDeprecated: true,
    replacement: "deepseek-flash",
  }),
].flat();
