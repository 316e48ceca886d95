import type { Duration } from "../../src/kernel/duration.ts";
import type { Oidc } from "./oidc.ts";

/** How members sign in. */
export interface SignInOptions {
  readonly oidc?: readonly Oidc[];
  /** Whether one-time links of the command line sign people in. Default: only where no identity provider does. */
  readonly link?: boolean;
  /** How long a session lasts at most, default `"12h"`. */
  readonly session?: Duration;
  /** How long it lasts without a request, default `"2h"`. */
  readonly idle?: Duration;
}
