import type { StoredRecord } from "../../stores/record-store.ts";
import type { AdminParts } from "../admin-parts.ts";
import { checkPage, type PageRequest } from "../check-input.ts";

/** Which deliveries to list; what is absent does not matter. */
export interface DeliveryFilter extends PageRequest {
  readonly tenant?: string;
  readonly state?: "waiting" | "delivered" | "failed";
}

/** A part of a list of deliveries, the newest first. */
export interface DeliveryPage {
  readonly deliveries: readonly StoredRecord<"delivery">[];
  /** Where the next page begins; null: there is none. */
  readonly next: string | null;
}

/** Deliveries, of one tenant or of all. @throws LatchkeyError LK-2102 */
export async function listDeliveries(
  { records }: AdminParts,
  { tenant, state, ...page }: DeliveryFilter,
): Promise<DeliveryPage> {
  const scope = tenant === undefined ? {} : { tenant };
  const where = state === undefined ? {} : { state };
  const found = await records.list({ kind: "delivery", ...scope, where, ...checkPage(page) });
  return { deliveries: found.records, next: found.next };
}
