import { BenchError } from "../support/bench-error.ts";
import type { Contestant } from "./contestant.ts";
import { direct } from "./direct.ts";
import { gateway } from "./gateway.ts";
import { nginx } from "./nginx.ts";
import { obviousProxy } from "./obvious-proxy.ts";

const contestants: Readonly<Record<string, Contestant>> = {
  direct,
  nginx,
  gateway,
  "obvious-proxy": obviousProxy,
};

/** Names that `--contestants` takes. */
export const contestantNames: readonly string[] = Object.keys(contestants);

/**
 * The contestants of the given names.
 * @throws BenchError for a name that is none
 */
export function pickContestants(names: readonly string[]): Contestant[] {
  return names.map((name) => {
    const contestant = contestants[name];
    if (contestant !== undefined) return contestant;
    throw new BenchError(`no contestant is called "${name}"; there are ${contestantNames.join(", ")}`);
  });
}
