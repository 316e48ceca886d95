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
  /**
   * `vote` where it takes more than one approval and this was not the last one; `trial` where it opens before anybody
   * has decided.
   */
  readonly step:
    | "request"
    | "trial"
    | "vote"
    | "approve"
    | "reject"
    | "cancel"
    | "revoke"
    | "expire"
    | "renew";
  /** Address of a member, or `system`. */
  readonly by: string;
  readonly reason: string | null;
}

/** An approval that does not decide alone. */
export interface SubscriptionVote {
  /** Address of the member. */
  readonly by: string;
  readonly timeMs: number;
  /** What the member would allow. */
  readonly terms: SubscriptionTerms;
}

/** What waits for a decision: a first request, or the renewal of an approval that holds meanwhile. */
export interface OpenDecision {
  readonly kind: "request" | "renewal";
  /** Address of the member who asked. */
  readonly askedBy: string;
  readonly askedAtMs: number;
  readonly terms: SubscriptionTerms;
  readonly votes: readonly SubscriptionVote[];
  /** First millisecond at which it can no longer be decided; null: it waits as long as it takes. */
  readonly lapsesAtMs: number | null;
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
  /** Who has approved what holds, or what was asked for first as long as it is not decided. */
  readonly approvedBy: readonly string[];
  /** Approved for a while, before anybody has decided. */
  readonly isTrial: boolean;
  /** When the application tried the service, which it may once; absent: not with this subscription. */
  readonly triedAtMs?: number | null;
  /** What is to be decided; null: nothing. */
  readonly open?: OpenDecision | null;
  /** `decision` where something is to be decided, for finding it. */
  readonly awaits?: "decision" | null;
  /** Day, UTC, `YYYY-MM-DD`, on which time brings its next step; null: none. */
  readonly dueOn?: string | null;
  /** When an undecided request lapses, or an approved one ends; null: never. */
  readonly expiresAtMs: number | null;
  readonly history: readonly SubscriptionEvent[];
}
