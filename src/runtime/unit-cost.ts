import type { PriceTerms } from "../artifact/price-at.ts";
import type { Usage } from "../canonical/usage.ts";

/**
 * What a call costs by units other than tokens, in millionths of nano-USD, rounded half up. Sound is counted in whole
 * milliseconds. A unit without a price costs nothing where tokens were told and have one: they are paid instead. Else,
 * or where the vendor charges by searches, the cost is unknown.
 */
export function unitCost(usage: Usage, terms: PriceTerms): bigint | undefined {
  const { audioSeconds, characters, images, searchUnits, unitsOnly } = usage;
  const heardMs = audioSeconds === undefined ? undefined : Math.round(audioSeconds * 1_000);
  const parts = [
    cost(heardMs, terms.perAudioHour, 3_600_000n),
    cost(characters, terms.perMillionCharacters, 1_000_000n),
    cost(images, terms.perImage, 1n),
    cost(searchUnits, terms.perThousandSearches, 1_000n),
  ];
  if (searchUnits !== undefined && terms.perThousandSearches === null) return undefined;
  const known = parts.filter((part) => part !== undefined);
  const isByTokens = unitsOnly !== true && (terms.input !== null || terms.output !== null);
  if (!isByTokens && known.length === 0 && terms.perRequest === 0) return undefined;
  return known.reduce((sum, part) => sum + part, 0n);
}

/** `undefined` where nothing is counted or nothing is charged for it. */
function cost(count: number | undefined, rate: number | null, per: bigint): bigint | undefined {
  if (count === undefined || rate === null) return undefined;
  const millionths = BigInt(count) * BigInt(rate) * 1_000_000n;
  return (millionths + per / 2n) / per;
}
