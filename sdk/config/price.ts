import type { Money } from "../../src/kernel/money.ts";

/** What calls of a target cost, in US dollars: by their tokens, by other units, or by both. */
export type TargetPrice = TokenPrice | UnitPrice;

/**
 * US dollars per million tokens. A kind that is not named costs as much as its parent: parts of the input as `input`,
 * parts of the output as `output`.
 */
export interface TokenPrice extends UnitAmounts {
  readonly input: Money;
  readonly output: Money;
  /** Input tokens read from the provider's prompt cache. */
  readonly cacheRead?: Money;
  /** Input tokens written to the provider's prompt cache. */
  readonly cacheWrite?: Money;
  /** Those of them that are kept for an hour; default: as `cacheWrite`. */
  readonly cacheWriteHour?: Money;
  readonly reasoning?: Money;
  readonly audioInput?: Money;
  readonly audioOutput?: Money;
  readonly imageInput?: Money;
  readonly imageOutput?: Money;
}

/** US dollars for models that are not charged for by tokens. */
export interface UnitPrice extends UnitAmounts {
  readonly input?: undefined;
  readonly output?: undefined;
}

/** US dollars per unit other than tokens. */
export interface UnitAmounts {
  /** Of every call, besides everything else. */
  readonly perRequest?: Money;
  /** Of sound that is heard. */
  readonly perAudioHour?: Money;
  /** Of text that is spoken. */
  readonly perMillionCharacters?: Money;
  /** Of each picture that is made. */
  readonly perImage?: Money;
  /** Of searches that a model which ranks documents makes. */
  readonly perThousandSearches?: Money;
}
