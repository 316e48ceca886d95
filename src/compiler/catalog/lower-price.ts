import type { ArtifactPrice } from "../../artifact/artifact.ts";
import { type DemoModelId, demoModelPrices } from "../../catalog/demo-models.ts";
import type { DatedPrice, PriceTerms, TokenRates } from "../../catalog/price.ts";
import type { ReadTarget } from "../read/shapes/supply.ts";

type ConfigPrice = NonNullable<ReadTarget["price"]>;
type Change = ArtifactPrice["changes"][number];
type Terms = Omit<ArtifactPrice, "changes">;
type Rates = Omit<Terms, "perRequest" | "longContext">;

/** A price that the config names: what it leaves out costs as much as its parent. */
export function priceOfConfig(price: Partial<ConfigPrice>): ArtifactPrice | null {
  const { input, output } = price;
  if (input === undefined || output === undefined) return null;
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
    longContext: [],
    changes: [],
  };
}

/** Made-up prices of the built-in provider. */
export function priceOfDemo(model: string): ArtifactPrice | null {
  return Object.hasOwn(demoModelPrices, model) ? priceOfConfig(demoModelPrices[model as DemoModelId]) : null;
}

/** Prices of the catalog; null where none is per token or per call, since nothing else of a call is counted. */
export function priceOfCatalog(prices: readonly DatedPrice[]): ArtifactPrice | null {
  const [first, ...later] = prices;
  if (first === undefined || !prices.every(isCounted)) return null;
  return { ...termsOf(first), changes: later.map(changeOf) };
}

function isCounted({ input, output, perRequest }: PriceTerms): boolean {
  return input !== undefined || output !== undefined || perRequest !== undefined;
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
