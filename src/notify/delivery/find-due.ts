import type { RecordStore, StoredRecord } from "../../stores/record-store.ts";

/** What is due, and when something else will be. */
export interface Due {
  /** The messages of each receiver, the oldest first. */
  readonly queues: readonly (readonly StoredRecord<"delivery">[])[];
  /** Milliseconds since the epoch; null: nothing else waits. */
  readonly nextAtMs: number | null;
}

/** Messages of one receiver in a round at most, so that one that is down does not fill the memory. */
const QUEUE_LENGTH = 100;

/** Looks through everything that waits. @throws what the record store rejects with */
export async function findDue(records: Pick<RecordStore, "list">, nowMs: number): Promise<Due> {
  const queues = new Map<string, StoredRecord<"delivery">[]>();
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
      const { channel, to, nextAtMs: dueAt } = record.body;
      if (dueAt > nowMs) {
        nextAtMs = Math.min(nextAtMs ?? dueAt, dueAt);
        continue;
      }
      // All e-mail goes through one server.
      const receiver = channel === "email" ? "email" : `webhook ${to}`;
      const queue = queues.get(receiver) ?? [];
      queues.set(receiver, queue);
      if (queue.length < QUEUE_LENGTH) queue.push(record);
    }
    after = page.next ?? undefined;
  } while (after !== undefined);
  return { queues: [...queues.values()], nextAtMs };
}
