import type { ModelInfo } from "@pydantic/genai-prices";
import type { DatedPrice, LongContextRates, PriceTerms, TokenRates } from "../../src/catalog/price.ts";
import { NANO_PER_USD } from "../../src/kernel/money.ts";
import type { PiCost, PiRates } from "./pi-catalog.ts";

type Writable<Part> = { -readonly [Name in keyof Part]: Part[Name] };
type GenaiPrice = Exclude<ModelInfo["prices"], readonly unknown[]>;
type GenaiConstraint = Extract<ModelInfo["prices"], readonly unknown[]>[number]["constraint"];

/** What the price keys of `@pydantic/genai-prices` are here. Others are left out. */
const GENAI_TOKENS: Readonly<Record<string, keyof TokenRates>> = {
  input_mtok: "input",
  output_mtok: "output",
  cache_read_mtok: "cacheRead",
  cache_write_mtok: "cacheWrite",
  cache_write_1h_mtok: "cacheWriteHour",
  output_reasoning_mtok: "reasoning",
  input_audio_mtok: "audioInput",
  output_audio_mtok: "audioOutput",
  input_image_mtok: "imageInput",
  output_image_mtok: "imageOutput",
};

/** Units of a thousand there are single ones, an hour or a thousand here. */
const GENAI_UNITS = {
  requests_kcount: { unit: "perRequest", divisor: 1_000 },
  audio_hours: { unit: "perAudioHour", divisor: 1 },
  input_document_kpages: { unit: "perThousandPages", divisor: 1 },
  rerank_searches_kcount: { unit: "perThousandSearches", divisor: 1 },
  web_searches_kcount: { unit: "perThousandWebSearches", divisor: 1 },
} as const;

/** Whole nano-USD of US dollars, rounded to the nearest. */
function nano(usd: number, divisor = 1): number {
  return Math.round((usd * NANO_PER_USD) / divisor);
}

/** Prices of a model of `@pydantic/genai-prices`; `undefined` where it has none. */
export function pricesOfGenai({ prices }: ModelInfo): readonly DatedPrice[] | undefined {
  const list = Array.isArray(prices) ? prices : [{ prices }];
  const dated = list.map(({ constraint, prices: price }) => ({
    ...whenOf(constraint),
    ...termsOfGenai(price),
  }));
  return dated.every(isEmpty) ? undefined : dated;
}

function whenOf(constraint: GenaiConstraint): Pick<DatedPrice, "from" | "window"> {
  if (constraint === undefined) return {};
  if (constraint.type === "start_date") return { from: constraint.start_date.slice(0, 10) };
  return { window: { start: minuteOf(constraint.start_time), end: minuteOf(constraint.end_time) } };
}

/** `00:30:00Z` is 30. */
function minuteOf(time: string): number {
  const match = /^(\d\d):(\d\d):00(?:\.0+)?(?:Z|\+00:00)$/.exec(time);
  if (match === null) throw new Error(`${time} is no time of day in UTC`);
  return Number(match[1]) * 60 + Number(match[2]);
}

function termsOfGenai(price: GenaiPrice): PriceTerms {
  const terms: Writable<PriceTerms> = {};
  const long = new Map<number, Writable<LongContextRates>>();
  for (const [key, kind] of Object.entries(GENAI_TOKENS)) {
    const given = price[key];
    if (given === undefined) continue;
    terms[kind] = nano(typeof given === "number" ? given : given.base);
    if (typeof given === "number") continue;
    for (const { start, price: amount } of given.tiers) {
      const tier = long.get(start) ?? { above: start };
      tier[kind] = nano(amount);
      long.set(start, tier);
    }
  }
  for (const [key, { unit, divisor }] of Object.entries(GENAI_UNITS)) {
    const given = price[key];
    if (typeof given === "number") terms[unit] = nano(given, divisor);
  }
  if (long.size > 0) terms.longContext = [...long.values()].map((tier) => completeTier(tier, terms));
  return terms;
}

/** Kinds without a tier of their own cost the same however long the prompt is. */
function completeTier(tier: LongContextRates, { longContext: _, ...base }: PriceTerms): LongContextRates {
  const rates: Writable<LongContextRates> = { above: tier.above };
  for (const kind of Object.values(GENAI_TOKENS)) {
    const amount = tier[kind] ?? base[kind];
    if (amount !== undefined) rates[kind] = amount;
  }
  return rates;
}

/**
 * Prices of a model of `@oh-my-pi/pi-catalog`; `undefined` where it has none. Its zeros mean that it knows none: a
 * model that costs nothing at all says so in its id.
 */
export function pricesOfPi(cost: PiCost, isFree: boolean): readonly DatedPrice[] | undefined {
  if (isFree) return [{ input: 0, output: 0 }];
  const { longContext, timeBased } = cost;
  // A price below zero means that the router says what it costs only afterwards.
  if (cost.input < 0 || cost.output < 0 || (cost.input === 0 && cost.output === 0)) return undefined;
  const base = ratesOfPi(cost);
  if (timeBased !== undefined) return timed(cost, timeBased);
  if (longContext === undefined) return [base];
  const { inputThreshold, inputThresholdInclusive } = longContext;
  const above = inputThresholdInclusive === true ? inputThreshold - 1 : inputThreshold;
  return [{ ...base, longContext: [{ above, ...ratesOfPi(longContext) }] }];
}

function timed(cost: PiCost, timeBased: NonNullable<PiCost["timeBased"]>): readonly DatedPrice[] {
  const { offPeakMultiplier, peakWindows, effectiveRates = [] } = timeBased;
  const periods: readonly { rates: PiRates; from?: string }[] = [
    { rates: cost },
    ...effectiveRates.map((rates) => ({ rates, from: momentOf(rates.effectiveFrom) })),
  ];
  return periods.flatMap(({ rates, from }) => {
    const since = from === undefined ? {} : { from };
    const peaks = peakWindows.map(({ startMinute: start, endMinute: end, weekdays }) => ({
      ...since,
      window: { start, end, days: [...weekdays] },
      ...ratesOfPi(rates),
    }));
    return [{ ...since, ...ratesOfPi(rates, offPeakMultiplier) }, ...peaks];
  });
}

/** The day alone where it is its beginning. */
function momentOf(ms: number): string {
  const text = new Date(ms).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.replace(/:00\.000Z$/, "Z");
}

function ratesOfPi({ input, output, cacheRead, cacheWrite }: PiRates, factor = 1): TokenRates {
  return {
    input: nano(input * factor),
    output: nano(output * factor),
    // What costs more to read again than to read anew is of several hosts, the cheapest of each kind.
    ...(cacheRead > 0 && cacheRead <= input ? { cacheRead: nano(cacheRead * factor) } : {}),
    ...(cacheWrite > 0 ? { cacheWrite: nano(cacheWrite * factor) } : {}),
  };
}

function isEmpty({ from: _, window: __, ...terms }: DatedPrice): boolean {
  return Object.keys(terms).length === 0;
}
