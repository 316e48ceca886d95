import type { ArtifactEndpoint } from "../../artifact/artifact.ts";
import { compareSchemas } from "../diff/schema/compare-schemas.ts";
import { type Direction, fieldText } from "../diff/schema/comparison.ts";
import type { PromiseBreak } from "./backend-breaks.ts";

/** Inputs that an endpoint version took and takes no longer, and answers that its callers have not seen before. */
export function endpointBreaks(before: ArtifactEndpoint, after: ArtifactEndpoint): readonly PromiseBreak[] {
  return [...schemaBreaks("input", before, after), ...schemaBreaks("output", before, after)];
}

function schemaBreaks(
  direction: Direction,
  before: ArtifactEndpoint,
  after: ArtifactEndpoint,
): readonly PromiseBreak[] {
  const [old, current] = [before[direction], after[direction]];
  if (old === null && current === null) return [];
  if (old === null) return [{ option: direction, says: "it answers JSON now, and answered text" }];
  if (current === null) return [{ option: direction, says: "it answers text now, and answered JSON" }];
  return compareSchemas(old, current, direction).map((found) => ({
    option: direction,
    says: fieldText(direction, found),
  }));
}
