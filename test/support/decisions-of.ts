import { Decisions } from "../../src/overlay/decisions.ts";
import type { NewRecord } from "../../src/stores/record-store.ts";

/** Decisions out of records as they would be stored. */
export function decisionsOf(
  keys: readonly NewRecord<"key">[],
  subscriptions: readonly NewRecord<"subscription">[] = [],
): Decisions {
  const decisions = new Decisions();
  const stored = { version: 1, createdAtMs: 1, updatedAtMs: 1 };
  for (const key of keys) decisions.putKey({ ...key, ...stored });
  for (const [at, subscription] of subscriptions.entries()) {
    decisions.putSubscription({ ...subscription, ...stored, createdAtMs: at });
  }
  return decisions;
}
