import type { Duration } from "../../src/kernel/duration.ts";

/** Time limits of a call to a provider. */
export interface UpstreamTimeoutOptions {
  /** Until a connection stands, default `"10s"`. */
  readonly connect?: Duration;
  /** From the request sent to the first byte of the answer, default `"60s"`. */
  readonly firstToken?: Duration;
  /** Between two pieces of an answer, default `"60s"`. */
  readonly idle?: Duration;
  /** The whole call, default `"10m"`. */
  readonly total?: Duration;
}
