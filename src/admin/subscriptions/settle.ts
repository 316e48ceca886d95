import type { SubscriptionBody } from "../../stores/records/subscription-record.ts";
import { isRenewing, nextDue, takeStep } from "./subscription-machine.ts";

/**
 * A subscription as it is at a moment: with the steps that time has brought since it was written. They are told as
 * having happened when they were due, so it does not matter when somebody looks.
 */
export function settle(body: SubscriptionBody, nowMs: number): SubscriptionBody {
  const due = nextDue(body);
  if (due === null || due.timeMs > nowMs) return body;
  const { timeMs, what } = due;
  const step = { step: "expire", by: "system", timeMs, what, reason: reasonOf(body, what) } as const;
  return settle(takeStep(body, step), nowMs);
}

function reasonOf(body: SubscriptionBody, what: "request" | "approval"): string {
  if (what === "request") {
    return isRenewing(body) ? "Nobody has decided on the renewal in time." : "Nobody has decided in time.";
  }
  return body.isTrial
    ? "The trial has ended; the decision is waited for."
    : "The time it was approved for is over.";
}
