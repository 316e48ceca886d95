import type { DeliveryBody } from "../../stores/records/delivery-record.ts";

/** A delivery that has failed, or waits for long, as it is when somebody asks for it to be sent now, with all its attempts. */
export function retriedDelivery(body: DeliveryBody, nowMs: number): DeliveryBody {
  return { ...body, state: "waiting", attempts: 0, nextAtMs: nowMs, againAtMs: nowMs };
}
