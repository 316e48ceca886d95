import { type Declaration, declare } from "./declaration.ts";
import type { GatewayView } from "./gateway-view.ts";

/** Whether a statement holds: true, or no counter-example. */
export type InvariantCheck = (gateway: GatewayView) => boolean | readonly object[];

/** A statement that has to hold of every compiled config. */
export interface Invariant extends Declaration<"invariant"> {
  readonly name: string;
  readonly check: InvariantCheck;
}

/**
 * States what has to hold. The check runs when the config is compiled, on what the config comes to; an invariant that does
 * not hold is an error that names a counter-example. The check answers whether it holds, or the list of what breaks it.
 * @example
 * invariant("no contractor leaves the eu", ({ keys }) =>
 *   keys.every((key) => key.tenant !== "contractors" ||
 *     key.reach.models.every((model) => model.targets.every((target) => target.region === "eu"))))
 */
export function invariant(name: string, check: InvariantCheck): Invariant {
  return declare("invariant", { name, check });
}
