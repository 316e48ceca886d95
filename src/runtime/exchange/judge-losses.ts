import type { Loss } from "../../canonical/loss.ts";
import { LatchkeyError } from "../../kernel/error.ts";

/**
 * What a translated request had to leave out, as paths of the caller's own body.
 * @param target for messages: `provider/model`
 * @throws LatchkeyError LK-2110 where something was asked for that changes the answer.
 */
export function judgeLosses<Field extends string>(
  losses: readonly Loss<Field>[],
  ingress: { readonly fieldName: (field: Field, index?: number) => string },
  target: string,
): readonly string[] {
  const dropped: string[] = [];
  for (const { path, isHarmless, reason } of losses) {
    const param = typeof path === "string" ? path : ingress.fieldName(path.field, path.index);
    if (isHarmless) {
      if (!dropped.includes(param)) dropped.push(param);
      continue;
    }
    throw new LatchkeyError("LK-2110", `\`${param}\` ${reason} (${target}).`, { param });
  }
  return dropped;
}
