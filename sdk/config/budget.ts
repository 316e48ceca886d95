import type { Money } from "../../src/kernel/money.ts";
import { type Declaration, declare } from "./declaration.ts";

/** Period after which a budget starts anew. */
export type BudgetPeriod = "hour" | "day" | "week" | "month";

/** Money that may be spent in a period. */
export interface BudgetOptions {
  readonly limit: Money;
  readonly per: BudgetPeriod;
  /** IANA time zone whose calendar the period follows, default `"UTC"`. */
  readonly timeZone?: string;
  /** Shares of the limit at which a warning is sent, such as `[0.5, 0.9]`. */
  readonly warnAt?: readonly number[];
  /** `hard` refuses calls beyond the limit, `soft` only warns; default `hard`. */
  readonly enforce?: "hard" | "soft";
}

/** A declared budget. */
export interface Budget extends Declaration<"budget">, BudgetOptions {}

/**
 * Declares a budget.
 * @example budget({ limit: "500 USD", per: "month" })
 */
export function budget(options: BudgetOptions): Budget {
  return declare("budget", options);
}
