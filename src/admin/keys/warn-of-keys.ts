import { keyEvent } from "../../notify/event/key-event.ts";
import type { StoredRecord } from "../../stores/record-store.ts";
import type { AdminParts } from "../admin-parts.ts";
import { findTenant } from "../artifact-names.ts";
import { daysBetween } from "../day.ts";
import { stateOf } from "./key-view.ts";

/** Keys of one transaction. */
const BATCH = 100;

/** Days ahead that are looked at, however early a tenant wants to be warned. */
const MAX_AHEAD_MS = 400 * 86_400_000;

type Key = StoredRecord<"key">;

/**
 * Keys that end so soon that their holders are to be told, as their tenants' policies say, and of which nobody has been
 * told yet.
 */
export async function findKeysToWarn(parts: AdminParts, nowMs: number): Promise<readonly Key[]> {
  const { tenants } = parts.artifact().artifact;
  const aheadMs = tenants.reduce((most, { keys }) => Math.max(most, keys.warnBeforeMs), 0);
  const found: Key[] = [];
  for (const expiresOn of daysBetween(nowMs, nowMs + Math.min(aheadMs, MAX_AHEAD_MS))) {
    let after: string | null | undefined;
    while (after !== null) {
      const position = after === undefined ? {} : { after };
      const query = {
        kind: "key",
        where: { expiresOn, state: "active" },
        limit: 1_000,
        ...position,
      } as const;
      const page = await parts.records.list(query);
      found.push(...page.records.filter((key) => isToWarn(parts, key, nowMs)));
      after = page.next;
    }
  }
  return found;
}

/**
 * Tells of the keys that end soon, once of each.
 * @returns how many were told of
 */
export async function warnOfKeys(parts: AdminParts, nowMs: number): Promise<number> {
  const keys = await findKeysToWarn(parts, nowMs);
  let count = 0;
  for (let start = 0; start < keys.length; start += BATCH) {
    const ids = keys.slice(start, start + BATCH).map(({ id }) => id);
    count += await warnBatch(parts, ids, nowMs);
  }
  return count;
}

async function warnBatch(parts: AdminParts, ids: readonly string[], nowMs: number): Promise<number> {
  return parts.records.transact(async (transaction) => {
    let count = 0;
    for (const id of ids) {
      const key = await transaction.get("key", id);
      if (key === undefined || !isToWarn(parts, key, nowMs)) continue;
      const saved = await transaction.update("key", id, key.version, { ...key.body, warnedAtMs: nowMs });
      const told = { name: "key.expiring", timeMs: nowMs, by: "system", reason: null, members: [] } as const;
      await parts.outbox.enqueue(transaction, keyEvent(saved, told));
      const { name, app, expiresAtMs } = key.body;
      parts.logger.warn("key-expires-soon", {
        ...{ key: id, name, app, tenant: key.tenant },
        expires: new Date(expiresAtMs ?? 0).toISOString(),
      });
      count += 1;
    }
    return count;
  });
}

function isToWarn(parts: AdminParts, { tenant, body }: Key, nowMs: number): boolean {
  const { expiresAtMs, warnedAtMs = null } = body;
  if (expiresAtMs === null || warnedAtMs !== null || stateOf(body, nowMs) !== "active") return false;
  const policy = findTenant(parts.artifact().artifact, tenant ?? "")?.keys;
  return policy !== undefined && nowMs >= expiresAtMs - policy.warnBeforeMs;
}
