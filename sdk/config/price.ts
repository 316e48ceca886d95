import type { Money } from "../../src/kernel/money.ts";

/**
 * What a target costs, in US dollars per million tokens. A kind that is not named costs as much as its parent: parts
 * of the input as `input`, parts of the output as `output`.
 */
export interface TargetPrice {
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
  /** Of every call, besides its tokens; default: nothing. */
  readonly perRequest?: Money;
}
