import type { Budget } from "./budget.ts";
import { type Declaration, declare } from "./declaration.ts";
import type { Key } from "./key.ts";
import type { Limit } from "./limit.ts";
import type { Service } from "./service.ts";

/** What an application is. */
export interface AppOptions {
  readonly summary?: string;
  /**
   * Services that the application uses. Declared here, a subscription needs no decision; to others it can be
   * subscribed at run time. Give a function where the service's owner is the tenant being declared:
   * `uses: () => [texts]`.
   */
  readonly uses?: readonly Service[] | (() => readonly Service[]);
  readonly keys?: Readonly<Record<string, Key>>;
  readonly limits?: readonly Limit[];
  readonly budget?: Budget;
  /**
   * Makes one key for this application when the gateway first starts, so that a fresh checkout can be called
   * at once. The plain text is written once to a file that only its owner can read.
   */
  readonly starterKey?: boolean;
}

/** A consumer inside a tenant. */
export interface App extends Declaration<"app">, AppOptions {}

/**
 * Declares an application. Its name is the key under which `tenant({ apps })` gets it.
 * @example app({ uses: [texts], keys: { production: key({ digest: "sha256:…" }) } })
 */
export function app(options: AppOptions): App {
  return declare("app", options);
}
