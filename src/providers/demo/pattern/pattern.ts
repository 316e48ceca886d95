import type { CharSet } from "./char-set.ts";

/** A regular expression as a tree. Groups have no node: what they hold stands in their place. */
export type Pattern =
  | { readonly kind: "set"; readonly set: CharSet }
  | { readonly kind: "sequence"; readonly items: readonly Pattern[] }
  | { readonly kind: "choice"; readonly options: readonly Pattern[] }
  | { readonly kind: "repeat"; readonly item: Pattern; readonly min: number; readonly max: number }
  | { readonly kind: "start" }
  | { readonly kind: "end" }
  | { readonly kind: "boundary"; readonly negated: boolean }
  | { readonly kind: "lookahead"; readonly item: Pattern; readonly negated: boolean };

/** A regular expression that cannot be read or used here; the message is the reason. */
export class PatternError extends Error {
  override readonly name = "PatternError";
}
