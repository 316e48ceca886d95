import type { Money } from "../../src/kernel/money.ts";
import { type Declaration, declare } from "./declaration.ts";

/** How calls to a service are priced to the caller. Several parts add up. */
export interface PlanOptions {
  readonly perCall?: Money;
  readonly perThousandCalls?: Money;
  readonly perMillionInputTokens?: Money;
  readonly perMillionOutputTokens?: Money;
  /** Fixed price of each month. */
  readonly perMonth?: Money;
  /** Calls of each month that cost nothing. */
  readonly includedCalls?: number;
  /** Tokens of each month that cost nothing. */
  readonly includedTokens?: number;
}

/** A declared price plan. */
export interface Plan extends Declaration<"plan">, PlanOptions {}

/**
 * Declares how a service is priced.
 * @example plan({ perThousandCalls: "2.00 USD", includedCalls: 1_000 })
 */
export function plan(options: PlanOptions): Plan {
  return declare("plan", options);
}
