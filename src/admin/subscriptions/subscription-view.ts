import type { StoredRecord } from "../../stores/record-store.ts";
import type { SubscriptionBody } from "../../stores/records/subscription-record.ts";
import { settle } from "./settle.ts";

/** A subscription as both of its sides see it. */
export interface SubscriptionDetails extends Omit<SubscriptionBody, "awaits" | "dueOn"> {
  readonly id: string;
  readonly version: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** Shows a subscription as it is at a moment, also where nobody has written down yet that it has ended. */
export function showSubscription(record: StoredRecord<"subscription">, nowMs: number): SubscriptionDetails {
  const { awaits: _awaits, dueOn: _dueOn, ...body } = settle(record.body, nowMs);
  const { id, version, createdAtMs, updatedAtMs } = record;
  return { id, version, createdAtMs, updatedAtMs, ...body, open: body.open ?? null };
}
