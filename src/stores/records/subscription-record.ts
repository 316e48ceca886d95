/** Where a subscription stands. */
export type SubscriptionState = "requested" | "approved" | "rejected" | "cancelled" | "revoked" | "expired";

/** What an application asked for, or what of it was allowed. */
export interface SubscriptionTerms {
  /** Names of what the service offers; null: all of it. */
  readonly models: readonly string[] | null;
  readonly endpoints: readonly string[] | null;
  readonly backends: readonly string[] | null;
  /** Environments of the keys that may call; null: any. */
  readonly environments: readonly string[] | null;
  readonly requestsPerMinute: number | null;
}

/** One step in the life of a subscription. */
export interface SubscriptionEvent {
  readonly timeMs: number;
  readonly state: SubscriptionState;
  /** `vote` where it took more than one approval and this was not the last one. */
  readonly step: "request" | "vote" | "approve" | "reject" | "cancel" | "revoke" | "expire" | "renew";
  /** Address of a member, or `system`. */
  readonly by: string;
  readonly reason: string | null;
}

/** An application's subscription to a service. The record's tenant is the application's. */
export interface SubscriptionBody {
  readonly app: string;
  /** The application's tenant, again, so that a service's owner can look for it. */
  readonly appTenant: string;
  readonly service: string;
  /** Tenant that owns the service. */
  readonly owner: string;
  readonly state: SubscriptionState;
  readonly purpose: string;
  readonly expectedCallsPerMonth: number | null;
  readonly requested: SubscriptionTerms;
  /** What was allowed, never wider than what was asked for; null until it is approved. */
  readonly granted: SubscriptionTerms | null;
  /** Members who have approved so far. */
  readonly approvedBy: readonly string[];
  readonly isTrial: boolean;
  /** When an undecided request lapses, or an approved one ends; null: never. */
  readonly expiresAtMs: number | null;
  readonly history: readonly SubscriptionEvent[];
}
