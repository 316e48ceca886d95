import { keyUseId } from "../admin/keys/key-use.ts";
import type { KeyUse } from "../runtime/key-table.ts";
import type { RecordStore } from "../stores/record-store.ts";

/** Writes down when keys were used last. It is nothing that anybody did, so the audit log does not hear of it. */
export async function writeKeyUses(records: RecordStore, uses: readonly KeyUse[]): Promise<void> {
  if (uses.length === 0) return;
  const latest = new Map<string, KeyUse>();
  for (const use of uses) {
    const id = keyUseId(use);
    if ((latest.get(id)?.atMs ?? 0) < use.atMs) latest.set(id, use);
  }
  await records.transact(async (transaction) => {
    for (const [id, { tenant, atMs }] of latest) {
      const known = await transaction.get("key-use", id);
      const body = { lastUsedAtMs: Math.max(atMs, known?.body.lastUsedAtMs ?? 0) };
      if (known === undefined) await transaction.insert({ kind: "key-use", id, tenant, body });
      else await transaction.update("key-use", id, known.version, body);
    }
  });
}
