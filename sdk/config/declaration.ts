import { captureSite } from "./capture-site.ts";

/** What every declaration of a config has in common. */
export interface Declaration<Kind extends string> {
  readonly kind: Kind;
  /** Stack text of the call that made it; the compiler turns it into file, line and column. */
  readonly site: string;
}

/**
 * A frozen declaration. `site` is not enumerable: where something was written is no part of what it says.
 * The body's own `kind`, if any, never wins.
 */
export function declare<const Kind extends string, Body extends object>(
  kind: Kind,
  body: Body,
): Declaration<Kind> & Readonly<Body> {
  const declaration = { ...body, kind };
  Object.defineProperty(declaration, "site", { value: captureSite(), enumerable: false });
  return Object.freeze(declaration) as Declaration<Kind> & Readonly<Body>;
}
