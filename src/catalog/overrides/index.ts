import { alibabaPrices } from "./alibaba.ts";
import { modelApis } from "./apis.ts";
import { contested } from "./contested.ts";
import { described } from "./described/index.ts";
import { lifecycles } from "./lifecycles/index.ts";
import { limits } from "./limits.ts";
import { modalities } from "./modalities.ts";
import { furtherModels } from "./models.ts";
import { newestModels } from "./newest.ts";
import type { CatalogOverride } from "./override.ts";
import { perplexityModels } from "./perplexity.ts";
import { pictures } from "./pictures.ts";
import { prices } from "./prices.ts";
import { reasoning } from "./reasoning.ts";
import { releases } from "./releases.ts";
import { sambanovaModels } from "./sambanova.ts";
import { structuredOutputs } from "./structured-outputs.ts";
import { taskModels } from "./tasks.ts";

/** All facts of our own, in the order in which they are applied: later ones go before earlier ones. */
export const catalogOverrides: readonly CatalogOverride[] = [
  ...furtherModels,
  ...newestModels,
  ...taskModels,
  ...perplexityModels,
  ...sambanovaModels,
  ...modelApis,
  ...pictures,
  ...modalities,
  ...described,
  ...contested,
  ...reasoning,
  ...structuredOutputs,
  ...limits,
  ...prices,
  ...alibabaPrices,
  ...releases,
  ...lifecycles,
];
