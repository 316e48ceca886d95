import type { TargetTraits } from "../dialect.ts";
import { readTarget } from "./quirks.ts";
import { sealMark } from "./signature.ts";

/**
 * Texts with which a request does not pass through: signatures of other vendors, which Google would take for damaged
 * ones of its own, and for Vertex AI ids of calls and of their results, which Google AI Studio gives and callers keep.
 * Members of the same name in a tool's own words lead to the same request, translated.
 */
export function foreignTexts(traits: TargetTraits): readonly string[] {
  return readTarget(traits).isVertex ? [sealMark, '"id"'] : [sealMark];
}
