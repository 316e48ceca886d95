import type { ArtifactPrice } from "../../artifact/artifact.ts";
import { type DemoModelId, demoModelPrices } from "../../catalog/demo-models.ts";
import type { DatedPrice, PriceTerms, TokenRates } from "../../catalog/price.ts";
import type { ReadTarget } from "../read/shapes/supply.ts";

type ConfigPrice = NonNullable<ReadTarget["price"]>;
type Change = ArtifactPrice["changes"][number];
type Terms = Omit<ArtifactPrice, "changes">;
type Rates = Omit<Terms, "perRequest" | "longContext" | (typeof units)[number]>;

/** What may be charged for instead of tokens, or besides them. */
const units = ["perAudioHour", "perMillionCharacters", "perImage", "perThousandSearches"] as const;

/** A price that the config names: kinds of tokens that it leaves out cost as much as their parent. */
export function priceOfConfig(price: Partial<ConfigPrice>): ArtifactPrice | null {
  const { input = null, output = null } = price;
  if ((input === null || output === null) && !units.some((unit) => price[unit] !== undefined)) return null;
  const cacheWrite = price.cacheWrite ?? input;
  return {
    input,
    output,
    cacheRead: price.cacheRead ?? input,
    cacheWrite,
    cacheWriteHour: price.cacheWriteHour ?? cacheWrite,
    reasoning: price.reasoning ?? output,
    audioInput: price.audioInput ?? input,
    audioOutput: price.audioOutput ?? output,
    imageInput: price.imageInput ?? input,
    imageOutput: price.imageOutput ?? output,
    perRequest: price.perRequest ?? 0,
    ...unitsOf(price),
    longContext: [],
    changes: [],
  };
}

/** Made-up prices of the built-in provider. */
export function priceOfDemo(model: string): ArtifactPrice | null {
  return Object.hasOwn(demoModelPrices, model) ? priceOfConfig(demoModelPrices[model as DemoModelId]) : null;
}

/** Prices of the catalog; null where nothing that calls are counted in has a price. */
export function priceOfCatalog(prices: readonly DatedPrice[]): ArtifactPrice | null {
  const [first, ...later] = prices;
  if (first === undefined || !prices.every(isCounted)) return null;
  return { ...termsOf(first), changes: later.map(changeOf) };
}

function isCounted(price: PriceTerms): boolean {
  const { input, output, perRequest } = price;
  return [input, output, perRequest, ...units.map((unit) => price[unit])].some(
    (amount) => amount !== undefined,
  );
}

function unitsOf(
  price: Partial<Pick<ConfigPrice, (typeof units)[number]>> | PriceTerms,
): Pick<Terms, (typeof units)[number]> {
  return {
    perAudioHour: price.perAudioHour ?? null,
    perMillionCharacters: price.perMillionCharacters ?? null,
    perImage: price.perImage ?? null,
    perThousandSearches: price.perThousandSearches ?? null,
  };
}

function changeOf(price: DatedPrice): Change {
  const { from, window } = price;
  return {
    fromMs: from === undefined ? 0 : Date.parse(from),
    window: window === undefined ? null : { ...window, days: [...(window.days ?? [0, 1, 2, 3, 4, 5, 6])] },
    ...termsOf(price),
  };
}

function termsOf(price: PriceTerms): Terms {
  return {
    ...ratesOf(price),
    perRequest: price.perRequest ?? 0,
    ...unitsOf(price),
    longContext: (price.longContext ?? []).map(({ above, ...rates }) => ({ above, ...ratesOf(rates) })),
  };
}

/**
 * Vendors that charge for writing to a cache charge more for keeping it longer, and for sound more than for text: what
 * the catalog does not say of these stays unknown.
 */
function ratesOf(kinds: TokenRates): Rates {
  const input = kinds.input ?? null;
  const output = kinds.output ?? null;
  return {
    input,
    output,
    cacheRead: kinds.cacheRead ?? input,
    cacheWrite: kinds.cacheWrite ?? input,
    cacheWriteHour: kinds.cacheWriteHour ?? (kinds.cacheWrite === undefined ? input : null),
    reasoning: kinds.reasoning ?? output,
    audioInput: kinds.audioInput ?? null,
    audioOutput: kinds.audioOutput ?? null,
    imageInput: kinds.imageInput ?? input,
    imageOutput: kinds.imageOutput ?? output,
  };
}
