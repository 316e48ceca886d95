import type { Money } from "../../src/kernel/money.ts";

/** What a target costs, in US dollars per million tokens; a kind that is not named costs as much as its parent. */
export interface TargetPrice {
  readonly input: Money;
  readonly output: Money;
  /** Input tokens read from the provider's prompt cache; default: as `input`. */
  readonly cacheRead?: Money;
  /** Input tokens written to the provider's prompt cache; default: as `input`. */
  readonly cacheWrite?: Money;
  /** Reasoning tokens; default: as `output`. */
  readonly reasoning?: Money;
}
