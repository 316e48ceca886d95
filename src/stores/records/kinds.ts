import type { DeliveryBody, IdempotencyBody } from "./delivery-record.ts";
import type { ApiTokenBody, SessionBody, SignInLinkBody, SignInStateBody } from "./identity-records.ts";
import type { KeyBody, KeyUseBody } from "./key-record.ts";
import type { SubscriptionBody } from "./subscription-record.ts";

/** What is kept, by kind. */
export interface RecordBodies {
  readonly key: KeyBody;
  readonly "key-use": KeyUseBody;
  readonly subscription: SubscriptionBody;
  readonly session: SessionBody;
  readonly "sign-in-link": SignInLinkBody;
  readonly "sign-in-state": SignInStateBody;
  readonly "api-token": ApiTokenBody;
  readonly delivery: DeliveryBody;
  readonly idempotency: IdempotencyBody;
}

/** A kind of record. */
export type RecordKind = keyof RecordBodies;

/** Members of each kind's body by which records can be found; their values are texts or null. */
export const recordIndexes = {
  key: ["digest", "name", "app", "expiresOn", "state"],
  "key-use": [],
  subscription: ["app", "appTenant", "service", "dueOn", "awaits", "owner", "state"],
  session: ["digest", "member"],
  "sign-in-link": ["digest"],
  "sign-in-state": [],
  "api-token": ["digest", "member"],
  delivery: ["state"],
  idempotency: ["member"],
} as const satisfies { readonly [K in RecordKind]: readonly (keyof RecordBodies[K] & string)[] };

/** Kinds that somebody keeps a view of in memory: changes of these are told, and of no others. */
export const followedKinds = ["key", "subscription"] as const satisfies readonly RecordKind[];

/** A kind whose changes are told. */
export type FollowedKind = (typeof followedKinds)[number];
