import { LatchkeyError } from "../../kernel/error.ts";
import { retriedDelivery } from "../../notify/delivery/retried-delivery.ts";
import type { StoredRecord } from "../../stores/record-store.ts";
import type { AdminParts } from "../admin-parts.ts";
import { actorOf, type Member } from "../identity/member.ts";
import { noSuchThing, requireVersion } from "../refusals.ts";

/** Which delivery is meant. */
export interface DeliveryRef {
  readonly id: string;
  /** Whose it has to be; null: anybody's, which operators alone may ask for. */
  readonly tenant: string | null;
  /** Version that the caller has read; null: any. */
  readonly version: number | null;
}

/**
 * Has a delivery sent now that has failed or that waits, with all its attempts.
 * @param address network address of the member
 * @throws LatchkeyError LK-2020, LK-2016, LK-2021 where it has been delivered
 */
export function retryDelivery(
  parts: AdminParts,
  member: Member,
  { id, tenant, version }: DeliveryRef,
  address: string | null,
): Promise<StoredRecord<"delivery">> {
  return parts.records.transact(async (transaction) => {
    const record = await transaction.get("delivery", id);
    if (record === undefined || (tenant !== null && record.tenant !== tenant)) throw noSuchThing("id");
    requireVersion(record, version);
    const { state, attempts } = record.body;
    if (state === "delivered") throw new LatchkeyError("LK-2021", "The message has been delivered.");
    const body = retriedDelivery(record.body, parts.clock.now());
    const saved = await transaction.update("delivery", id, record.version, body);
    await transaction.audit({
      actor: actorOf(member, address),
      tenant: record.tenant,
      action: "delivery.retry",
      subject: `delivery:${id}`,
      before: { state, attempts },
      after: { state: body.state, attempts: body.attempts },
      artifact: parts.artifact().hash,
    });
    return saved;
  });
}
