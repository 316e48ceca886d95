import type { Artifact, ArtifactPrice, ArtifactTarget } from "../artifact/artifact.ts";
import { changeAt, type PriceTerms, priceAt } from "../artifact/price-at.ts";
import { findModel } from "../catalog/find-model.ts";
import { loadModels } from "../catalog/load-models.ts";
import type { Ability, Lack, Lifecycle, Modality, ModelCard, ModelKind } from "../catalog/model-card.ts";
import type { DatedPrice } from "../catalog/price.ts";
import { providerProfiles } from "../catalog/providers/index.ts";
import { priceOfCatalog } from "../compiler/catalog/lower-price.ts";

/** A model as `latchkey models` shows it. */
export interface ListedModel extends Lifecycle {
  /** Provider type; null members of a model are unknown. */
  readonly provider: string;
  readonly id: string;
  readonly name: string | null;
  readonly kind: ModelKind | null;
  readonly contextWindow: number | null;
  readonly maxOutputTokens: number | null;
  readonly takes: readonly Modality[];
  /** Empty where it is text, vectors or judgements. */
  readonly gives: readonly Modality[];
  readonly can: readonly Ability[];
  readonly lacks: readonly Lack[];
  readonly state: "current" | "deprecated" | "retired";
  /** What a call costs that begins now: nano-USD per million tokens of each kind. */
  readonly price: PriceTerms | null;
  /** Since when, `YYYY-MM-DD`; null: since ever, as far as is known. */
  readonly priceSince: string | null;
  /** All that the catalog says of its price, with what is still to come. */
  readonly prices: readonly DatedPrice[];
}

/** Every model of the catalog, in the order of provider types and ids. */
export function listCatalog(nowMs: number): readonly ListedModel[] {
  return Object.keys(providerProfiles).flatMap((type) =>
    [...loadModels(type).cards.values()].map((card) => {
      const { contextWindow = null, maxOutputTokens = null, lacks = [], prices = [] } = card;
      const price = priceOfCatalog(prices);
      return listed(type, card.id, card, { contextWindow, maxOutputTokens, lacks, price }, nowMs);
    }),
  );
}

/** The models that an artifact's targets use, with what its config says of them; each once. */
export function listTargets(artifact: Artifact, nowMs: number): readonly ListedModel[] {
  const models = artifact.targets.map((target) => {
    const type = artifact.providers[target.provider]?.type ?? "";
    const card = findModel(loadModels(type), type, target.upstreamModel);
    return listed(type, target.upstreamModel, card, target, nowMs);
  });
  return [...new Map(models.map((model) => [JSON.stringify(model), model])).values()];
}

type Known = Pick<ArtifactTarget, "contextWindow" | "maxOutputTokens"> & {
  readonly lacks: readonly Lack[];
  readonly price: ArtifactPrice | null;
};

function listed(
  provider: string,
  id: string,
  card: ModelCard | undefined,
  { contextWindow, maxOutputTokens, lacks, price }: Known,
  nowMs: number,
): ListedModel {
  const { name = null, kind = null, takes = [], gives = [], can = [], prices = [] } = card ?? {};
  const fromMs = price === null ? 0 : (changeAt(price, nowMs)?.fromMs ?? 0);
  return {
    provider,
    id,
    name,
    kind,
    contextWindow,
    maxOutputTokens,
    takes,
    gives,
    can: can.filter((ability) => !lacks.includes(ability)),
    lacks,
    state: stateOf(card ?? {}, nowMs),
    ...lifeOf(card ?? {}),
    price: price === null ? null : termsOnly(priceAt(price, nowMs)),
    priceSince: fromMs === 0 ? null : new Date(fromMs).toISOString().slice(0, 10),
    prices,
  };
}

function stateOf(life: Lifecycle, nowMs: number): ListedModel["state"] {
  const { retiredOn, isRetired, deprecatedOn, isDeprecated } = life;
  if (isRetired === true || (retiredOn !== undefined && Date.parse(retiredOn) <= nowMs)) return "retired";
  const isAnnounced = deprecatedOn !== undefined && Date.parse(deprecatedOn) <= nowMs;
  return isAnnounced || isDeprecated === true ? "deprecated" : "current";
}

function lifeOf({ releasedOn, deprecatedOn, retiredOn, replacement }: Lifecycle): Lifecycle {
  return {
    ...(releasedOn === undefined ? {} : { releasedOn }),
    ...(deprecatedOn === undefined ? {} : { deprecatedOn }),
    ...(retiredOn === undefined ? {} : { retiredOn }),
    ...(replacement === undefined ? {} : { replacement }),
  };
}

/** Without what says when it holds. */
function termsOnly(terms: PriceTerms): PriceTerms {
  const { fromMs: _, window: __, changes: ___, ...rest } = { fromMs: 0, window: null, changes: [], ...terms };
  return rest;
}
