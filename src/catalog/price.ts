/**
 * What a model costs, in whole nano-USD (10^-9 US dollar) per million tokens. A kind that is absent costs as
 * much as its parent: everything of the input as `input`, everything of the output as `output`, one-hour cache
 * writes as `cacheWrite`. Sound is the exception: without a price of its own it is unknown, since most vendors
 * charge several times more for it.
 */
export interface TokenRates {
  readonly input?: number;
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  readonly cacheWriteHour?: number;
  readonly reasoning?: number;
  readonly audioInput?: number;
  readonly audioOutput?: number;
  readonly imageInput?: number;
  readonly imageOutput?: number;
}

/** Names of the kinds of tokens that may have a price of their own. */
export const tokenKinds = [
  "input",
  "output",
  "cacheRead",
  "cacheWrite",
  "cacheWriteHour",
  "reasoning",
  "audioInput",
  "audioOutput",
  "imageInput",
  "imageOutput",
] as const satisfies readonly (keyof TokenRates)[];

/** Rates of calls whose whole input has more tokens than `above`; they replace all others. */
export interface LongContextRates extends TokenRates {
  readonly above: number;
}

/** All that a price says beside its dates. Units other than tokens are nano-USD per the unit that is named. */
export interface PriceTerms extends TokenRates {
  readonly perRequest?: number;
  /** Of sound that is heard. */
  readonly perAudioHour?: number;
  /** Of text that is spoken. */
  readonly perMillionCharacters?: number;
  /** Of each picture that is made, whatever its size. */
  readonly perImage?: number;
  /** Of searches that a model which ranks documents makes. */
  readonly perThousandSearches?: number;
  /** Of searches in the web that the vendor makes by itself; not counted in calls. */
  readonly perThousandWebSearches?: number;
  /** Of documents that are read; not counted in calls. */
  readonly perThousandPages?: number;
  /** Ascending; the last one whose bound is exceeded holds. */
  readonly longContext?: readonly LongContextRates[];
}

/** Hours of the day, UTC, in which a price holds. */
export interface PriceWindow {
  /** Minute of the day at which it begins. */
  readonly start: number;
  /** Minute of the day before which it ends; smaller than `start` where it passes midnight. */
  readonly end: number;
  /** Days of the week, 0 being Sunday; all where absent. After midnight, the day is the new one. */
  readonly days?: readonly number[];
}

/** A price and when it holds. In a list of them, the last one that holds at a moment is the one. */
export interface DatedPrice extends PriceTerms {
  /** `YYYY-MM-DD`, the beginning of that day in UTC, or `YYYY-MM-DDThh:mmZ`; since ever where absent. */
  readonly from?: string;
  readonly window?: PriceWindow;
}
