import type { TargetTraits } from "../dialect.ts";
import { readTarget } from "./quirks.ts";

/**
 * Texts with which a request does not pass through: Vertex AI refuses ids of calls and of their results, which Google
 * AI Studio gives and callers keep. Members of the same name in a tool's own words lead to the same request, translated.
 */
export function foreignTexts(traits: TargetTraits): readonly string[] {
  return readTarget(traits).isVertex ? ['"id"'] : [];
}
