import type { RecordPage, RecordStore, StoredRecord } from "../stores/record-store.ts";
import type { RecordKind } from "../stores/records/kinds.ts";
import { Decisions } from "./decisions.ts";

/** Records that are read at once. */
const PAGE = 1_000;

/** Decisions as they were read, and where the changes after that begin. */
export interface LoadedDecisions {
  readonly decisions: Decisions;
  /** What changed while they were read comes after it, and may be put in once more. */
  readonly position: number;
}

/** Reads all decisions from the records. Rejects with LatchkeyError LK-6105. */
export async function loadDecisions(records: RecordStore): Promise<LoadedDecisions> {
  const decisions = new Decisions();
  const position = await records.position();
  await eachRecord(records, "key", (record) => decisions.putKey(record));
  await eachRecord(records, "subscription", (record) => void decisions.putSubscription(record));
  return { decisions, position };
}

async function eachRecord<K extends RecordKind>(
  records: RecordStore,
  kind: K,
  take: (record: StoredRecord<K>) => void,
): Promise<void> {
  let after: string | null = null;
  do {
    const page: RecordPage<K> = await records.list({
      ...{ kind, order: "oldest" as const, limit: PAGE },
      ...(after === null ? {} : { after }),
    });
    for (const record of page.records) take(record);
    after = page.next;
    // It may happen while others wait for this thread.
    await new Promise(setImmediate);
  } while (after !== null);
}
