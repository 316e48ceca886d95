import type { ArtifactPrice } from "../artifact/artifact.ts";
import { type PriceTerms, priceAt } from "../artifact/price-at.ts";
import type { Usage } from "../canonical/usage.ts";
import type { NanoUsd } from "../kernel/money.ts";
import { isUsageSplit, splitUsage, type TokenParts } from "./usage-parts.ts";

/** Nano-USD per million tokens by kind. */
type Rates = Pick<PriceTerms, keyof TokenParts>;

const TOKENS_PER_PRICE = 1_000_000;

/**
 * Exact cost of a call that began at a moment (milliseconds since the epoch), rounded half up to a whole nano-USD
 * once, at the end. Each token is paid once, at the price of its own kind: `input` includes what was cached, sound
 * and pictures, `output` the reasoning; where the vendor bills other counts, those are paid. `undefined` where a kind occurs whose price is unknown: never taken for free.
 */
export function costOf(used: Usage, price: ArtifactPrice, atMs: number): NanoUsd | undefined {
  // Pictures, seconds, characters and searches have no price here.
  if (used.unitsOnly === true || used.searchUnits !== undefined) return undefined;
  const usage = used.billed === undefined ? used : { ...used, ...used.billed };
  const terms = price.changes.length === 0 ? price : priceAt(price, atMs);
  const rates = terms.longContext.length === 0 ? terms : ratesFor(terms, usage.input);
  if (isUsageSplit(usage)) return exactCost(splitUsage(usage), rates, terms.perRequest);
  const cacheRead = Math.min(usage.cacheRead, usage.input);
  const cacheWrite = Math.min(usage.cacheWrite, usage.input - cacheRead);
  const reasoning = Math.min(usage.reasoning, usage.output);
  const sum =
    paid(usage.input - cacheRead - cacheWrite, rates.input) +
    paid(cacheRead, rates.cacheRead) +
    paid(cacheWrite, rates.cacheWrite) +
    paid(usage.output - reasoning, rates.output) +
    paid(reasoning, rates.reasoning) +
    terms.perRequest * TOKENS_PER_PRICE;
  return sum <= Number.MAX_SAFE_INTEGER
    ? roundHalfUp(sum)
    : exactCost(splitUsage(usage), rates, terms.perRequest);
}

/** Not a number where the price is unknown, which spoils the sum. */
function paid(tokens: number, rate: number | null): number {
  if (tokens === 0) return 0;
  return rate === null ? Number.NaN : tokens * rate;
}

/** The same for any size of numbers and all kinds of tokens. */
function exactCost(parts: TokenParts, rates: Rates, perRequest: number): NanoUsd | undefined {
  let sum = BigInt(perRequest) * BigInt(TOKENS_PER_PRICE);
  for (const kind of Object.keys(parts) as (keyof TokenParts)[]) {
    const rate = rates[kind];
    if (parts[kind] === 0) continue;
    if (rate === null) return undefined;
    sum += BigInt(parts[kind]) * BigInt(rate);
  }
  return Number((sum + BigInt(TOKENS_PER_PRICE / 2)) / BigInt(TOKENS_PER_PRICE));
}

function roundHalfUp(millionths: number): NanoUsd {
  const rest = millionths % TOKENS_PER_PRICE;
  return (millionths - rest) / TOKENS_PER_PRICE + (rest * 2 >= TOKENS_PER_PRICE ? 1 : 0);
}

/** The whole input counts, what was cached included. */
function ratesFor(terms: PriceTerms, input: number): Rates {
  return terms.longContext.findLast(({ above }) => input > above) ?? terms;
}
