import type { ModelRow } from "../../model-card.ts";
import type { HttpProviderType } from "../../providers/index.ts";
import type { CatalogOverride } from "../override.ts";
import { answerAtOnce, callTools, holdToSchema, think } from "./abilities.ts";
import { type ByProvider, describedAt, describedRow } from "./described.ts";
import { describedModels } from "./rows.ts";

const fact = (provider: string, ids: readonly string[], set: ModelRow): CatalogOverride => ({
  provider: provider as HttpProviderType,
  ids,
  set,
  source: describedAt(provider as HttpProviderType),
  asOf: "2026-11-24",
});

const listed = (byProvider: ByProvider<string>, set: ModelRow): readonly CatalogOverride[] =>
  Object.entries(byProvider).map(([provider, ids]) => fact(provider, ids.split(" "), set));

/** What models.dev says of models that the data packages know by little more than their ids. */
export const described: readonly CatalogOverride[] = [
  ...Object.entries(describedModels).flatMap(([provider, rows]) =>
    rows.map((row) => fact(provider, [row[0]], describedRow(row))),
  ),
  ...listed(holdToSchema, { can: ["json-schema"] }),
  ...listed(callTools, { can: ["tools"] }),
  ...listed(think, { can: ["reasoning"] }),
  ...listed(answerAtOnce, { lacks: ["reasoning"] }),
];
