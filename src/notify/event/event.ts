import type { JsonObject } from "../../kernel/json.ts";

/** Everything that notifications tell of. */
export const eventNames = [
  "subscription.requested",
  "subscription.approved",
  "subscription.rejected",
  "subscription.cancelled",
  "subscription.revoked",
  "subscription.expiring",
  "subscription.expired",
  "subscription.renewed",
  "key.created",
  "key.expiring",
  "key.revoked",
  "key.rotated",
] as const;

/** Name of an event. */
export type EventName = (typeof eventNames)[number];

/** Somebody to be told by e-mail. */
export interface Recipient {
  readonly address: string;
  /** As whose member: the tenant that sees the delivery. */
  readonly tenant: string | null;
}

/** Something that happened and that others may want to know. */
export interface NotifyEvent {
  readonly name: EventName;
  readonly timeMs: number;
  /** Whose record it is about. */
  readonly tenant: string | null;
  /** All tenants that it concerns: their webhooks hear of it. */
  readonly concerns: readonly string[];
  /** What webhooks get; without secrets and digests. */
  readonly data: JsonObject;
  readonly recipients: readonly Recipient[];
  /** Members of `data` as all others are told them than this tenant and the platform. Absent: nothing is held back. */
  readonly forOthers?: { readonly than: string; readonly data: JsonObject };
}

/** What is sent of an event: the body of a webhook. Members may be added; none changes its meaning within a version. */
export interface EventPayload {
  readonly version: 1;
  /** The same for everybody who hears of the event, and each time it is sent again. */
  readonly id: string;
  readonly event: EventName;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly tenant: string | null;
  readonly data: JsonObject;
}
