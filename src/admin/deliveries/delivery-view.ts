import type { StoredRecord } from "../../stores/record-store.ts";
import type { DeliveryAnswer } from "../contract/deliveries.ts";

/** A delivery as operators see it: without what it says. */
export function showDelivery(record: StoredRecord<"delivery">): DeliveryAnswer {
  const { id, version, createdAtMs, updatedAtMs, body } = record;
  const { state, channel, to, event, attempts, lastProblem } = body;
  const nextAtMs = state === "waiting" ? body.nextAtMs : null;
  return {
    id,
    version,
    createdAtMs,
    updatedAtMs,
    state,
    channel,
    to,
    event,
    attempts,
    nextAtMs,
    lastProblem,
  };
}

/** A delivery as its tenant sees it: what its own webhook answers, and of the platform's mail server nothing. */
export function showOwnDelivery(record: StoredRecord<"delivery">): DeliveryAnswer {
  const shown = showDelivery(record);
  if (shown.channel === "webhook" || shown.lastProblem === null) return shown;
  return { ...shown, lastProblem: "The message could not be handed over." };
}
