import type { AdminParts } from "../admin-parts.ts";

const PAGE = 500;

/**
 * Removes the answers that were kept for writes that may be sent again, and are too old. For the gateway itself, now and
 * then.
 * @returns how many were removed
 */
export async function removeExpiredAnswers({
  records,
  clock,
}: Pick<AdminParts, "records" | "clock">): Promise<number> {
  let removed = 0;
  let after: string | null | undefined;
  while (after !== null) {
    const position = after === undefined ? {} : { after };
    const page = await records.list({ kind: "idempotency", order: "oldest", limit: PAGE, ...position });
    const now = clock.now();
    const ids = page.records.filter(({ body }) => now >= body.expiresAtMs).map(({ id }) => id);
    // They come in the order of their age: behind a page of live ones there is hardly anything to remove.
    if (ids.length === 0) break;
    await records.transact(async (transaction) => {
      for (const id of ids) {
        const current = await transaction.get("idempotency", id);
        if (current !== undefined && now >= current.body.expiresAtMs) {
          await transaction.remove("idempotency", id);
        }
      }
    });
    removed += ids.length;
    after = page.next;
  }
  return removed;
}
