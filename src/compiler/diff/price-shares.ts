import type { ArtifactPrice } from "../../artifact/artifact.ts";
import { type PriceKind, priceKinds } from "./price-text.ts";

/**
 * By how much each part of a price rises or falls, for whoever pays: `input +33.3%, output -10%`. Kinds of tokens that cost
 * what others do are not told apart; empty where nothing can be compared. What a price says of other days and of long
 * prompts stands in its text.
 */
export function priceShares(before: ArtifactPrice | null, after: ArtifactPrice | null): string {
  if (before === null || after === null) return "";
  return priceKinds.flatMap((kind) => shareOf(kind, before, after) ?? []).join(", ");
}

function shareOf(
  { name, member, usual }: PriceKind,
  before: ArtifactPrice,
  after: ArtifactPrice,
): string | undefined {
  const [was, is] = [before[member], after[member]];
  if (was === is || was === null || is === null) return undefined;
  if (usual !== null && was === before[usual] && is === after[usual]) return undefined;
  if (was === 0) return `${name} no longer free`;
  if (is === 0) return `${name} now free`;
  const percent = (is / was - 1) * 100;
  return `${name} ${percent > 0 ? "+" : ""}${shown(percent)}%`;
}

/** Small steps are not rounded away. */
function shown(percent: number): string {
  return percent.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
