import type { FlagValues } from "../args.ts";
import { option } from "../args.ts";
import { readCount, readNames } from "./read-values.ts";

/** Flags that say which part of a service is meant. */
export const termsFlags = {
  models: option("NAMES", "only these models"),
  endpoints: option("NAMES", "only these endpoints: name, or name@version"),
  backends: option("NAMES", "only these backends: name, or name@version"),
  environments: option("NAMES", "only for keys of these environments"),
  "requests-per-minute": option("N", "a limit on requests"),
};

/** What the flags say; a member that is null was not given. @throws LatchkeyError LK-6103 */
export function readTerms(flags: FlagValues<typeof termsFlags>) {
  return {
    models: readNames("models", flags.models),
    endpoints: readNames("endpoints", flags.endpoints),
    backends: readNames("backends", flags.backends),
    environments: readNames("environments", flags.environments),
    requestsPerMinute: readCount("requests-per-minute", flags["requests-per-minute"]),
  };
}

/** What the flags narrow: what was not given stays as it was asked for. @throws LatchkeyError LK-6103 */
export function readNarrowed(flags: FlagValues<typeof termsFlags>) {
  const { models, endpoints, backends, environments, requestsPerMinute } = readTerms(flags);
  return {
    ...(models !== null && { models }),
    ...(endpoints !== null && { endpoints }),
    ...(backends !== null && { backends }),
    ...(environments !== null && { environments }),
    ...(requestsPerMinute !== null && { requestsPerMinute }),
  };
}
