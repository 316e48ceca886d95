import { keyUseId } from "../admin/keys/key-use.ts";
import type { KeyUse } from "../runtime/key-table.ts";
import type { RecordStore } from "../stores/record-store.ts";

/** Uses of one transaction: others, such as one that revokes a key, need not wait for a hundred thousand of them. */
const BATCH = 500;

/** Writes down when keys were used last. It is nothing that anybody did, so the audit log does not hear of it. */
export async function writeKeyUses(records: RecordStore, uses: readonly KeyUse[]): Promise<void> {
  if (uses.length === 0) return;
  const latest = new Map<string, KeyUse>();
  for (const use of uses) {
    const id = keyUseId(use);
    if ((latest.get(id)?.atMs ?? 0) < use.atMs) latest.set(id, use);
  }
  const all = [...latest];
  for (let from = 0; from < all.length; from += BATCH) {
    await writeBatch(records, all.slice(from, from + BATCH));
    await new Promise(setImmediate);
  }
}

function writeBatch(
  records: RecordStore,
  batch: readonly (readonly [id: string, use: KeyUse])[],
): Promise<void> {
  return records.transact(async (transaction) => {
    for (const [id, { tenant, atMs }] of batch) {
      const known = await transaction.get("key-use", id);
      const body = { lastUsedAtMs: Math.max(atMs, known?.body.lastUsedAtMs ?? 0) };
      if (known === undefined) await transaction.insert({ kind: "key-use", id, tenant, body });
      else await transaction.update("key-use", id, known.version, body);
    }
  });
}
