import type { RecordBodies, RecordKind } from "../../stores/records/kinds.ts";
import type { RecordParts } from "./identity-parts.ts";

type Expiring = "session" | "sign-in-link" | "sign-in-state" | "api-token";

/** How long a member still sees an access token that has expired: 30 days. */
const TOKEN_SHOWN_MS = 30 * 86_400_000;

/**
 * Removes sessions, links, begun sign-ins and access tokens that can no longer be used. For the gateway itself, now and then.
 * @returns how many were removed
 */
export async function removeExpiredIdentity(parts: RecordParts): Promise<number> {
  const { idleMs } = parts.settings().signIn;
  const now = parts.clock.now();
  const links = await removeWhere(parts, "sign-in-link", (body) => now >= body.expiresAtMs);
  const states = await removeWhere(parts, "sign-in-state", (body) => now >= body.expiresAtMs);
  const isOver = (body: RecordBodies["session"]): boolean =>
    now >= body.expiresAtMs || now - body.usedAtMs >= idleMs;
  const tokens = await removeWhere(
    parts,
    "api-token",
    ({ expiresAtMs }) => expiresAtMs !== null && now >= expiresAtMs + TOKEN_SHOWN_MS,
  );
  return links + states + tokens + (await removeWhere(parts, "session", isOver));
}

async function removeWhere<K extends Expiring & RecordKind>(
  parts: RecordParts,
  kind: K,
  isOver: (body: RecordBodies[K]) => boolean,
): Promise<number> {
  let removed = 0;
  let after: string | null | undefined;
  while (after !== null) {
    const position = after === undefined ? {} : { after };
    const page = await parts.records.list({ kind, order: "oldest", limit: 500, ...position });
    const ids = page.records.filter((record) => isOver(record.body)).map(({ id }) => id);
    if (ids.length > 0) {
      await parts.records.transact(async (transaction) => {
        for (const id of ids) {
          const current = await transaction.get(kind, id);
          if (current !== undefined && isOver(current.body)) await transaction.remove(kind, id);
        }
      });
    }
    removed += ids.length;
    after = page.next;
  }
  return removed;
}
