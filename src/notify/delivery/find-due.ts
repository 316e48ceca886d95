import type { RecordStore, StoredRecord } from "../../stores/record-store.ts";
import { type Receiver, receiverOf } from "./receivers.ts";

/** What is due for one receiver, the oldest first. */
export interface DueQueue {
  readonly receiver: Receiver;
  readonly deliveries: readonly StoredRecord<"delivery">[];
}

/** What is due, and when something else will be. */
export interface Due {
  /** Whose oldest message waits longest comes first. */
  readonly queues: readonly DueQueue[];
  /** Milliseconds since the epoch; null: nothing else waits. */
  readonly nextAtMs: number | null;
}

/** Messages of one receiver at a time at most, so that one that is down does not fill the memory. */
const QUEUE_LENGTH = 100;

/** Looks through everything that waits. @throws what the record store rejects with */
export async function findDue(records: Pick<RecordStore, "list">, nowMs: number): Promise<Due> {
  const queues = new Map<string, { receiver: Receiver; deliveries: StoredRecord<"delivery">[] }>();
  let nextAtMs: number | null = null;
  let after: string | undefined;
  do {
    const page = await records.list({
      kind: "delivery",
      where: { state: "waiting" },
      order: "oldest",
      limit: 1_000,
      ...(after !== undefined && { after }),
    });
    for (const record of page.records) {
      const { nextAtMs: dueAt } = record.body;
      if (dueAt > nowMs) {
        nextAtMs = Math.min(nextAtMs ?? dueAt, dueAt);
        continue;
      }
      const receiver = receiverOf(record.body);
      const queue = queues.get(receiver.name) ?? { receiver, deliveries: [] };
      queues.set(receiver.name, queue);
      if (queue.deliveries.length < QUEUE_LENGTH) queue.deliveries.push(record);
    }
    after = page.next ?? undefined;
    // There may be very many; the thread has other work.
    if (after !== undefined) await new Promise(setImmediate);
  } while (after !== undefined);
  return { queues: [...queues.values()], nextAtMs };
}
