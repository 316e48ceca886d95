import type { ArtifactPrice } from "../../artifact/artifact.ts";
import { findModel } from "../../catalog/find-model.ts";
import { idFormsOf } from "../../catalog/id-forms.ts";
import { loadModels, type ProviderModels } from "../../catalog/load-models.ts";
import type { Lack, ModelCard } from "../../catalog/model-card.ts";
import type { ResolvedConfig } from "../passes/resolve-references.ts";
import type { ReadTarget } from "../read/shapes/supply.ts";
import { priceOfCatalog, priceOfConfig, priceOfDemo } from "./lower-price.ts";

/** What is known of a target: from the config, else from the catalog. */
export interface TargetFacts {
  readonly card: ModelCard | undefined;
  readonly price: ArtifactPrice | null;
  readonly contextWindow: number | null;
  readonly maxOutputTokens: number | null;
  readonly lacks: readonly Lack[];
}

/** A config whose targets have been looked up in the catalog. */
export interface CataloguedConfig extends ResolvedConfig {
  /** By the id of the target's declaration. */
  readonly facts: ReadonlyMap<number, TargetFacts>;
  /** Models of the provider types that are used, by type. */
  readonly catalog: ReadonlyMap<string, ProviderModels>;
}

/** Looks every target up. Only the data of provider types that the config uses are read. */
export function lookUpModels(config: ResolvedConfig, load = loadModels): CataloguedConfig {
  const catalog = new Map<string, ProviderModels>();
  const facts = new Map<number, TargetFacts>();
  for (const [id, target] of config.targets) {
    const type = config.providers.get(target.provider ?? -1)?.type;
    if (type === undefined || target.upstreamModel === undefined) continue;
    const models = catalog.get(type) ?? load(type);
    catalog.set(type, models);
    facts.set(id, factsOf(target, type, findModel(models, type, modelOf(target, type))));
  }
  return { ...config, facts, catalog };
}

function modelOf({ baseModel, upstreamModel = "" }: ReadTarget, type: string): string {
  return baseModel ?? (idFormsOf(type).areNamesFree === true ? "" : upstreamModel);
}

function factsOf(target: ReadTarget, type: string, card: ModelCard | undefined): TargetFacts {
  return {
    card,
    price: priceOf(target, type, card),
    contextWindow: target.contextWindow ?? card?.contextWindow ?? null,
    maxOutputTokens: target.maxOutputTokens ?? card?.maxOutputTokens ?? null,
    lacks: [...new Set(target.lacks ?? card?.lacks ?? [])].toSorted(),
  };
}

function priceOf(
  { price, upstreamModel = "" }: ReadTarget,
  type: string,
  card: ModelCard | undefined,
): ArtifactPrice | null {
  if (price !== undefined) return priceOfConfig(price);
  return type === "demo" ? priceOfDemo(upstreamModel) : priceOfCatalog(card?.prices ?? []);
}
