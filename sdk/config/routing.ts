import type { Duration } from "../../src/kernel/duration.ts";
import { type Declaration, declare } from "./declaration.ts";

/** How targets are tried in the order in which they are listed. */
export interface FallbackOptions {
  /** Targets tried at most per call, default all of them. */
  readonly attempts?: number;
  /** A target that has sent nothing for so long is given up for the next one. */
  readonly firstTokenWithin?: Duration;
}

/** Routing strategy: the first target that answers. */
export interface Fallback extends Declaration<"fallback"> {
  readonly attempts?: number;
  readonly firstTokenWithin?: Duration;
}

/** How a model chooses among its targets. */
export type Routing = Fallback;

/**
 * Tries targets in their order until one answers.
 * @example model({ targets: [a("x"), b("y")], routing: fallback({ attempts: 2, firstTokenWithin: "8s" }) })
 */
export function fallback(options: FallbackOptions = {}): Fallback {
  return declare("fallback", options);
}
