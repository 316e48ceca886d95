import type { Loss } from "../../canonical/loss.ts";
import { LatchkeyError } from "../../kernel/error.ts";

/** A loss whose place is said in the caller's own words. */
export type NamedLoss = Pick<Loss, "isHarmless" | "isChanged" | "reason"> & { readonly path: string };

/** What became of members of a request that the target has no words for, as paths of the caller's own body. */
export interface JudgedLosses {
  /** Those that were left out. */
  readonly dropped: readonly string[];
  /** Those in whose place something close was told; none of them is among those that were left out. */
  readonly changed: readonly string[];
}

/** Nothing was lost. */
export const noLosses: JudgedLosses = { dropped: [], changed: [] };

/**
 * What a translated request had to leave out or to say otherwise.
 * @param target for messages: `provider/model`
 * @throws LatchkeyError LK-2110 where something was asked for that changes the answer.
 */
export function judgeLosses(losses: readonly NamedLoss[], target: string): JudgedLosses {
  if (losses.length === 0) return noLosses;
  const [dropped, changed] = [new Set<string>(), new Set<string>()];
  for (const { path: param, isHarmless, isChanged, reason } of losses) {
    if (!isHarmless) throw new LatchkeyError("LK-2110", `\`${param}\` ${reason} (${target}).`, { param });
    (isChanged === true ? changed : dropped).add(param);
  }
  return { dropped: [...dropped].filter((param) => !changed.has(param)), changed: [...changed] };
}
