import type { Duration } from "../../src/kernel/duration.ts";
import { type Declaration, declare } from "./declaration.ts";

/** What one rate limit counts. */
export type RateOptions =
  | { readonly requests: number; readonly per: Duration }
  | { readonly tokens: number; readonly per: Duration }
  | { readonly inputTokens: number; readonly per: Duration }
  | { readonly outputTokens: number; readonly per: Duration }
  | { readonly concurrent: number };

/** A limit on requests, tokens or calls under way. */
export type Limit = Declaration<"limit"> & RateOptions;

/**
 * Limits requests or tokens in a window, or calls under way at once.
 * @example limits: [rate({ requests: 600, per: "1m" }), rate({ concurrent: 20 })]
 */
export function rate(options: RateOptions): Limit {
  return declare("limit", options);
}
