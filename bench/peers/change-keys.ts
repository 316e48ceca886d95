/**
 * Issues and revokes keys beside a gateway, as the command line does: through a record store of its own, with an entry of the
 * audit log each. Called as `change-keys.ts <file> <keys per second> <seconds>`; prints what it did as JSON.
 */
import type { NewRecord, RecordStore } from "../../src/stores/record-store.ts";
import { openRecords } from "../../src/stores/sqlite/records/open-records.ts";
import { issueKey, keyEntry } from "../support/access-world.ts";

/** Transactions of a second, each of which issues keys and revokes as many. */
const TRANSACTIONS = 50;

const [file = "", perSecond = "", seconds = ""] = process.argv.slice(2);
const store = openRecords(file);
const startedAt = performance.now();
const standing: NewRecord<"key">[] = [];
let issued = 0;
let revoked = 0;
for (let step = 0; performance.now() - startedAt < Number(seconds) * 1_000; step++) {
  const fresh = Array.from({ length: Number(perSecond) / TRANSACTIONS }, (_, at) => newKey(step + at));
  // Those of the second before.
  const old = standing.length < Number(perSecond) ? [] : standing.splice(0, fresh.length);
  await change(store, fresh, old);
  standing.push(...fresh);
  issued += fresh.length;
  revoked += old.length;
  const pauseMs = startedAt + ((step + 1) * 1_000) / TRANSACTIONS - performance.now();
  if (pauseMs > 0) await Bun.sleep(pauseMs);
}
const tookSeconds = (performance.now() - startedAt) / 1_000;
await change(store, [], standing);
await store.close();
console.log(
  JSON.stringify({ issuedPerSecond: issued / tookSeconds, revokedPerSecond: revoked / tookSeconds }),
);

/** Of one of the applications, another one each time. */
function newKey(at: number): NewRecord<"key"> {
  return issueKey({ tenant: `t${at % 100}`, app: `a${Math.floor(at / 100) % 100}` }).record;
}

function change(
  { transact }: RecordStore,
  fresh: readonly NewRecord<"key">[],
  old: readonly NewRecord<"key">[],
): Promise<void> {
  return transact(async ({ insert, update, audit }) => {
    for (const record of fresh) {
      await insert(record);
      await audit(keyEntry("key.issue", record));
    }
    for (const record of old) {
      await update("key", record.id, 1, { ...record.body, state: "revoked", revokedAtMs: Date.now() });
      await audit(keyEntry("key.revoke", record));
    }
  });
}
