import type { Approval } from "./approval.ts";
import type { Budget } from "./budget.ts";
import { type Declaration, declare } from "./declaration.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Limit } from "./limit.ts";
import type { Model } from "./model.ts";
import type { Plan } from "./plan.ts";
import type { Tenant } from "./tenant.ts";

/** Who can see a service and subscribe to it: every tenant, only its owner, or the named tenants and its owner. */
export type Visibility = "everyone" | "owner" | readonly Tenant[];

/** What a service is. */
export interface ServiceOptions {
  readonly summary?: string;
  /** Markdown shown in the portal. */
  readonly docs?: string;
  readonly owner: Tenant;
  /** Endpoints and models that subscribers may call. */
  readonly offers: readonly (Endpoint | Model)[];
  /** Default `"owner"`. */
  readonly visibility?: Visibility;
  /** Default `approval.by("owner")`. */
  readonly approval?: Approval;
  readonly plan?: Plan;
  readonly limits?: readonly Limit[];
  readonly budget?: Budget;
}

/** What is published, found and subscribed to. */
export interface Service extends Declaration<"service">, ServiceOptions {}

/**
 * Declares a service. Its name is the key under which `defineGateway({ services })` gets it.
 * @example service({ owner: platform, offers: [sentiment, fast], visibility: "everyone" })
 */
export function service(options: ServiceOptions): Service {
  return declare("service", options);
}
