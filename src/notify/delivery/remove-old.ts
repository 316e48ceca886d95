import type { RecordStore } from "../../stores/record-store.ts";

/** How long one can see what became of a delivery. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const BATCH = 200;

/** Removes deliveries that ended long ago. @throws what the record store rejects with */
export async function removeOld(
  records: Pick<RecordStore, "list" | "transact">,
  nowMs: number,
): Promise<void> {
  for (const state of ["delivered", "failed"]) {
    for (;;) {
      const query = { kind: "delivery", where: { state }, order: "oldest", limit: BATCH } as const;
      const { records: found } = await records.list(query);
      const old = found.filter(({ createdAtMs }) => createdAtMs < nowMs - KEPT_MS);
      if (old.length > 0) {
        await records.transact(async (transaction) => {
          for (const { id } of old) await transaction.remove("delivery", id);
        });
      }
      if (old.length < BATCH) break;
    }
  }
}
