import type { DateText } from "./key.ts";

/** What callers of a deprecated version are told. */
export interface Deprecation<Successor> {
  /** First day on which it is deprecated, in UTC. It may be left out of what is retired alone. */
  readonly since?: DateText;
  /** Day on which it will be retired, in UTC. */
  readonly sunset?: DateText;
  /** The version that takes its place: another one of the same name. */
  readonly successor?: Successor;
}
