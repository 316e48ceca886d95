import type { Loss } from "../../canonical/loss.ts";
import { LatchkeyError } from "../../kernel/error.ts";

/** A loss whose place is said in the caller's own words. */
export type NamedLoss = Pick<Loss, "isHarmless" | "reason"> & { readonly path: string };

/**
 * What a translated request had to leave out, as paths of the caller's own body.
 * @param target for messages: `provider/model`
 * @throws LatchkeyError LK-2110 where something was asked for that changes the answer.
 */
export function judgeLosses(losses: readonly NamedLoss[], target: string): readonly string[] {
  const dropped: string[] = [];
  for (const { path: param, isHarmless, reason } of losses) {
    if (!isHarmless) throw new LatchkeyError("LK-2110", `\`${param}\` ${reason} (${target}).`, { param });
    if (!dropped.includes(param)) dropped.push(param);
  }
  return dropped;
}
