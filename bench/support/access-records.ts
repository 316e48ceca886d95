import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { NewRecord, RecordStore } from "../../src/stores/record-store.ts";
import { openRecords } from "../../src/stores/sqlite/records/open-records.ts";
import { type AccessSize, issueKey, subscriptionRecord, worldApps } from "./access-world.ts";

/** Records of one transaction. */
const BATCH = 20_000;

/** File of the records of a config's folder, as `stateFiles` names it. */
export function recordsFile(root: string): string {
  return join(root, ".latchkey", "records.sqlite");
}

/** Writes the records of an `AccessSize` to a config's folder. Gives the texts of all keys. */
export async function fillRecords(root: string, size: AccessSize): Promise<readonly string[]> {
  await mkdir(join(root, ".latchkey"), { recursive: true, mode: 0o700 });
  const store = openRecords(recordsFile(root));
  const texts: string[] = [];
  let batch: NewRecord[] = [];
  for (const app of worldApps(size)) {
    for (const at of app.services.keys()) batch.push(subscriptionRecord(app, at));
    for (let key = 0; key < size.keysPerApp; key++) {
      const { text, record } = issueKey(app);
      texts.push(text);
      batch.push(record);
    }
    if (batch.length < BATCH) continue;
    await insertAll(store, batch);
    batch = [];
  }
  await insertAll(store, batch);
  await store.close();
  return texts;
}

function insertAll(store: RecordStore, records: readonly NewRecord[]): Promise<void> {
  return store.transact(async ({ insert }) => {
    for (const record of records) await insert(record);
  });
}
