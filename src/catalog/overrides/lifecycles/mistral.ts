import type { CatalogOverride } from "../override.ts";
import { life } from "./life.ts";

const mistral = life("mistral", "https://docs.mistral.ai/getting-started/models/models_overview/");

const november2024 = { deprecatedOn: "2024-11-30", retiredOn: "2025-03-30" };
const december2025 = { deprecatedOn: "2025-12-02", retiredOn: "2025-12-31" };
const may2026 = { deprecatedOn: "2026-02-27", retiredOn: "2026-05-31" };
const july2026 = { deprecatedOn: "2026-05-22", retiredOn: "2026-07-31" };
const august2026 = { deprecatedOn: "2026-05-22", retiredOn: "2026-08-31" };
const medium = { replacement: "mistral-medium-2604" };
const small = { replacement: "mistral-small-2603" };

/** Mistral's deprecations, in the order in which the models go; names without a date move on to newer models. */
export const mistralLives: readonly CatalogOverride[] = [
  mistral("open-mistral-7b", { ...november2024, replacement: "ministral-8b-2512" }),
  mistral("open-mixtral-8x7b open-mixtral-8x22b", { ...november2024, ...small }),
  mistral("mistral-large-2407", { ...november2024, replacement: "mistral-large-2512" }),
  mistral("mistral-medium-2312", { deprecatedOn: "2024-11-30", retiredOn: "2025-06-16", ...medium }),
  mistral("mistral-saba-latest", { deprecatedOn: "2025-06-10", retiredOn: "2025-09-30", ...small }),
  mistral("codestral-2501", {
    deprecatedOn: "2025-11-06",
    retiredOn: "2025-11-30",
    replacement: "codestral-2508",
  }),
  mistral("devstral-small-2505", { deprecatedOn: "2025-10-31", retiredOn: "2025-11-30", ...medium }),
  mistral("ministral-8b-2410", { ...december2025, replacement: "ministral-8b-2512" }),
  mistral("pixtral-12b pixtral-12b-latest", { ...december2025, replacement: "ministral-14b-2512" }),
  mistral("labs-devstral-small-2512", { deprecatedOn: "2026-02-27", retiredOn: "2026-03-31", ...medium }),
  mistral("mistral-large-2411 pixtral-large-2411 devstral-medium-2507", { ...may2026, ...medium }),
  mistral("devstral-small-2507", { ...may2026, ...small }),
  mistral("devstral-2512", { ...july2026, ...medium }),
  mistral("magistral-medium-latest", { ...july2026, ...medium }),
  mistral("magistral-small mistral-small-2506", {
    deprecatedOn: "2026-04-30",
    retiredOn: "2026-07-31",
    ...small,
  }),
  mistral("open-mistral-nemo mistral-nemo", { ...july2026, replacement: "ministral-8b-2512" }),
  mistral("mistral-medium-2505 mistral-medium-2508", { ...august2026, ...medium }),
].flat();
