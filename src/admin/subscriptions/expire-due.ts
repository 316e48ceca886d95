import type { RecordTransaction, StoredRecord } from "../../stores/record-store.ts";
import type { AdminParts } from "../admin-parts.ts";
import { daysBetween } from "../day.ts";
import { type SavedStep, saveSubscription, systemActor } from "./save-subscription.ts";
import { settle } from "./settle.ts";
import { isRenewing, nextDue } from "./subscription-machine.ts";

const DAY_MS = 86_400_000;

/** Days before a moment in which something may have become due that nobody has written down. */
const DAYS_BACK = 100;

/** Days ahead in which the next moment is looked for. */
const DAYS_AHEAD = 32;

/** Subscriptions of one transaction. */
const BATCH = 100;

type Subscription = StoredRecord<"subscription">;

/**
 * Writes down what time has ended: requests that nobody decided, trials, and approvals; and tells who asked for them.
 * Calls do not wait for it: what has ended opens nothing from that millisecond on.
 * @returns how many subscriptions took a step
 */
export async function expireDue(parts: AdminParts, nowMs: number): Promise<number> {
  let count = 0;
  for (const dueOn of daysBetween(nowMs - DAYS_BACK * DAY_MS, nowMs)) {
    const due = (await dueOnDay(parts, dueOn)).filter(
      ({ body }) => (nextDue(body)?.timeMs ?? nowMs + 1) <= nowMs,
    );
    for (let start = 0; start < due.length; start += BATCH) {
      count += await expireBatch(parts, due.slice(start, start + BATCH), nowMs);
    }
  }
  return count;
}

/**
 * When `expireDue` has something to do next, as things are; at the latest 32 days from now, when it is to be asked
 * again. Milliseconds since the epoch.
 */
export async function nextExpiry(parts: AdminParts): Promise<number> {
  const nowMs = parts.clock.now();
  const lastMs = nowMs + DAYS_AHEAD * DAY_MS;
  for (const dueOn of daysBetween(nowMs - DAYS_BACK * DAY_MS, lastMs)) {
    const times = (await dueOnDay(parts, dueOn)).map(({ body }) => nextDue(body)?.timeMs ?? lastMs);
    if (times.length > 0) return times.reduce((one, other) => Math.min(one, other));
  }
  return lastMs;
}

/** Writes down what time has done to a subscription, if anything. Answers whether it has. */
export async function saveExpiry(
  parts: AdminParts,
  transaction: RecordTransaction,
  before: Subscription,
  nowMs: number,
): Promise<boolean> {
  const body = settle(before.body, nowMs);
  if (body === before.body) return false;
  const { event, reason } = toldOf(before.body, body.history.at(-1)?.reason ?? null);
  const actedFor = body.appTenant;
  const action = "subscription.expire";
  const step = {
    before,
    id: before.id,
    body,
    actor: systemActor,
    actedFor,
    action,
    event,
    by: "system",
    reason,
  };
  await saveSubscription(parts, transaction, step);
  return true;
}

/** An approval that goes on although its renewal has lapsed has not ended. */
function toldOf(before: Subscription["body"], reason: string | null): Pick<SavedStep, "event" | "reason"> {
  const hasLapsed = isRenewing(before) && nextDue(before)?.what === "request";
  return { event: hasLapsed ? "subscription.rejected" : "subscription.expired", reason };
}

async function expireBatch(
  parts: AdminParts,
  batch: readonly Subscription[],
  nowMs: number,
): Promise<number> {
  return parts.records.transact(async (transaction) => {
    let count = 0;
    for (const { id } of batch) {
      const current = await transaction.get("subscription", id);
      if (current !== undefined && (await saveExpiry(parts, transaction, current, nowMs))) count += 1;
    }
    return count;
  });
}

async function dueOnDay({ records }: AdminParts, dueOn: string): Promise<readonly Subscription[]> {
  const found: Subscription[] = [];
  let after: string | null | undefined;
  while (after !== null) {
    const position = after === undefined ? {} : { after };
    const page = await records.list({ kind: "subscription", where: { dueOn }, limit: 1_000, ...position });
    found.push(...page.records);
    after = page.next;
  }
  return found;
}
