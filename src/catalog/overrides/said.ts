import type { ModelRow } from "../model-card.ts";
import type { HttpProviderType } from "../providers/index.ts";
import type { CatalogOverride } from "./override.ts";

/** What one page says of models: their ids with spaces between them. Read on 2026-11-24. */
export const said =
  (provider: HttpProviderType, source: string) =>
  (ids: string, set: ModelRow): CatalogOverride => ({
    provider,
    ids: ids.split(" "),
    set,
    source,
    asOf: "2026-11-24",
  });
