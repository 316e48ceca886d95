import type { Statement } from "./finding.ts";
import { type Reach, reachDetails, reachText } from "./reach.ts";

/** A statement that ends in what can be called: `may now call` and `model fast`. */
export function withReach(statement: Statement, reach: Reach): Statement {
  const details = reachDetails(reach);
  const message = `${statement.message} ${reachText(reach)}`;
  return { ...statement, message, ...(details.length > 0 ? { details } : {}) };
}

/** The same, or nothing where nothing can be called. */
export function withAnyReach(statement: Statement, reach: Reach): readonly Statement[] {
  const size = reach.models.length + reach.endpoints.length + reach.backends.length;
  return size === 0 ? [] : [withReach(statement, reach)];
}
