import type { ArtifactPrice } from "../artifact/artifact.ts";
import { type PriceTerms, priceAt } from "../artifact/price-at.ts";
import type { Usage } from "../canonical/usage.ts";
import type { NanoUsd } from "../kernel/money.ts";
import { unitCost } from "./unit-cost.ts";
import { isUsageSplit, splitUsage, type TokenParts } from "./usage-parts.ts";

/** Nano-USD per million tokens by kind. */
type Rates = Pick<PriceTerms, keyof TokenParts>;

const TOKENS_PER_PRICE = 1_000_000;

/**
 * Exact cost of a call that began at a moment (milliseconds since the epoch), rounded half up to a whole nano-USD
 * once, at the end. Each token is paid once, at the price of its own kind: `input` includes what was cached, sound
 * and pictures, `output` the reasoning. `undefined` where something occurs whose price is unknown: never taken for
 * free.
 */
export function costOf(usage: Usage, price: ArtifactPrice, atMs: number): NanoUsd | undefined {
  const terms = price.changes.length === 0 ? price : priceAt(price, atMs);
  const rates = terms.longContext.length === 0 ? terms : ratesFor(terms, usage.billed?.input ?? usage.input);
  const isByTokens = rates.input !== null || rates.output !== null;
  if (!isByTokens || isUsageSplit(usage)) return exactCost(usage, rates, terms);
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
  return sum <= Number.MAX_SAFE_INTEGER ? roundHalfUp(sum) : exactCost(usage, rates, terms);
}

/** Not a number where the price is unknown, which spoils the sum. */
function paid(tokens: number, rate: number | null): number {
  if (tokens === 0) return 0;
  return rate === null ? Number.NaN : tokens * rate;
}

/** The same for any size of numbers, all kinds of tokens and other units. */
function exactCost(usage: Usage, rates: Rates, terms: PriceTerms): NanoUsd | undefined {
  const tokens = usage.unitsOnly === true ? 0n : tokenCost(splitUsage(usage), rates);
  const units = unitCost(usage, terms);
  if (tokens === undefined || units === undefined) return undefined;
  const millionths = tokens + units + BigInt(terms.perRequest) * BigInt(TOKENS_PER_PRICE);
  return Number((millionths + BigInt(TOKENS_PER_PRICE / 2)) / BigInt(TOKENS_PER_PRICE));
}

/** Millionths of nano-USD. */
function tokenCost(parts: TokenParts, rates: Rates): bigint | undefined {
  let sum = 0n;
  for (const kind of Object.keys(parts) as (keyof TokenParts)[]) {
    const rate = rates[kind];
    if (parts[kind] === 0) continue;
    if (rate === null) return undefined;
    sum += BigInt(parts[kind]) * BigInt(rate);
  }
  return sum;
}

function roundHalfUp(millionths: number): NanoUsd {
  const rest = millionths % TOKENS_PER_PRICE;
  return (millionths - rest) / TOKENS_PER_PRICE + (rest * 2 >= TOKENS_PER_PRICE ? 1 : 0);
}

/** The whole input counts, what was cached included. */
function ratesFor(terms: PriceTerms, input: number): Rates {
  return terms.longContext.findLast(({ above }) => input > above) ?? terms;
}
