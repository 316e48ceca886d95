import type { App } from "./app.ts";
import type { Budget } from "./budget.ts";
import { type Declaration, declare } from "./declaration.ts";
import type { KeyPolicyOptions } from "./key-policy.ts";
import type { Limit } from "./limit.ts";
import type { Role } from "./role.ts";

/** What a tenant is. */
export interface TenantOptions {
  readonly displayName?: string;
  /** Address → role. */
  readonly members?: Readonly<Record<string, Role>>;
  /** Group of the identity provider → role of its people, whom `members` then need not name. */
  readonly groups?: Readonly<Record<string, Role>>;
  readonly keyPolicy?: KeyPolicyOptions;
  readonly apps?: Readonly<Record<string, App>>;
  readonly limits?: readonly Limit[];
  readonly budget?: Budget;
}

/** A team with its own members, applications, keys and data. */
export interface Tenant extends Declaration<"tenant">, TenantOptions {}

/**
 * Declares a tenant. Its name is the key under which `defineGateway({ tenants })` gets it.
 * @example tenant({ members: { "dev@shop.example": "developer" }, apps: { checkout } })
 */
export function tenant(options: TenantOptions): Tenant {
  return declare("tenant", options);
}
