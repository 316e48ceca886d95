import type { RecordStore, StoredRecord } from "../../src/stores/record-store.ts";

/** Keys on record, the oldest first. */
export async function keyRecords(records: RecordStore): Promise<readonly StoredRecord<"key">[]> {
  return (await records.list({ kind: "key", order: "oldest", limit: 1_000 })).records;
}
