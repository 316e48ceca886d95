import type { RecordStore } from "../../stores/record-store.ts";
import { settle } from "./settle.ts";
import { type SubscriptionDetails, showSubscription } from "./subscription-view.ts";

/** Which subscriptions; values of indexed members. */
export interface SubscriptionsWhere {
  readonly app?: string;
  readonly service?: string;
  readonly state?: "approved";
}

/**
 * All subscriptions of a tenant's applications that match, the newest first, as they are at a moment. With the state
 * `approved`, those that have ended meanwhile are left out.
 */
export async function subscriptionsOf(
  records: Pick<RecordStore, "list">,
  appTenant: string,
  where: SubscriptionsWhere,
  nowMs: number,
): Promise<readonly SubscriptionDetails[]> {
  const found: SubscriptionDetails[] = [];
  let after: string | null | undefined;
  while (after !== null) {
    const position = after === undefined ? {} : { after };
    const query = {
      kind: "subscription",
      where: { ...where, appTenant },
      limit: 1_000,
      ...position,
    } as const;
    const page = await records.list(query);
    for (const record of page.records) {
      const { state } = settle(record.body, nowMs);
      if (where.state === undefined || state === where.state) found.push(showSubscription(record, nowMs));
    }
    after = page.next;
  }
  return found;
}
