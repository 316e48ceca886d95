import type { Budget } from "./budget.ts";
import { type Declaration, declare } from "./declaration.ts";
import type { Limit } from "./limit.ts";
import type { Routing } from "./routing.ts";
import type { Target } from "./target.ts";

/** What a model is made of. */
export interface ModelOptions {
  readonly summary?: string;
  /** At least one; the order matters to `fallback`. */
  readonly targets: readonly [Target, ...Target[]];
  /** Default: `fallback()`. */
  readonly routing?: Routing;
  readonly limits?: readonly Limit[];
  readonly budget?: Budget;
}

/** The name that callers use, with one or more targets behind it. */
export interface Model extends Declaration<"model">, ModelOptions {}

/**
 * Declares a model. Its name is the key under which `defineGateway({ models })` gets it.
 * @example const fast = model({ targets: [oai("gpt-6-luna"), local("echo")] });
 */
export function model(options: ModelOptions): Model {
  return declare("model", options);
}
