/**
 * `functions.js` beside an artifact is an ES module with one export, `validators`: name → validator. It holds
 * what data cannot: compiled schema checks, and the refinements and transforms of the config's schemas.
 */
export interface FunctionsModule {
  readonly validators: Readonly<Record<string, Validator>>;
}

/**
 * Checks a JSON value and fills in defaults. The argument may be changed in place; the outcome's value is the
 * one to use. Asynchronous only where the config's own schema is.
 */
export type Validator = (value: unknown) => ValidationOutcome | Promise<ValidationOutcome>;

/** What a validator answers. */
export type ValidationOutcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly issues: readonly ValidationIssue[] };

/** One thing that is wrong with a value. */
export interface ValidationIssue {
  /** Field at fault, such as `items[0].name`; empty for the value itself. */
  readonly path: string;
  readonly message: string;
}
