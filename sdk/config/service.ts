import type { Duration } from "../../src/kernel/duration.ts";
import type { Approval } from "./approval.ts";
import type { Backend } from "./backend.ts";
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
  /** Endpoints, models and backends that subscribers may call. */
  readonly offers: readonly (Endpoint | Model | Backend)[];
  /** Default `"owner"`. */
  readonly visibility?: Visibility;
  /** Default `approval.by("owner")`. */
  readonly approval?: Approval;
  /** How long an application may try the service before anybody has decided; without it, not at all. */
  readonly trial?: Duration;
  /** After what time an approved subscription ends, unless it is renewed; without it, never. */
  readonly subscriptionFor?: Duration;
  /** Whom subscribers ask: an e-mail address or a URL. */
  readonly contact?: string;
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
