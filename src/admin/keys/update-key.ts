import type { AdminParts } from "../admin-parts.ts";
import { findTenant } from "../artifact-names.ts";
import { checkName, wrongField } from "../check-input.ts";
import { actorOf, type Member } from "../identity/member.ts";
import { noSuchThing } from "../refusals.ts";
import { checkExpiry } from "./check-key.ts";
import { findKey, type KeyRef, requireWorking } from "./find-key.ts";
import { requireFreeName } from "./key-names.ts";
import { checkPolicyName } from "./key-policy.ts";
import { withLastUse } from "./key-use.ts";
import { type KeyDetails, showKey } from "./key-view.ts";
import { saveKey } from "./save-key.ts";

/** What can be changed of a key; what is absent stays. */
export interface KeyChange extends KeyRef {
  readonly name?: string;
  /** Not later than it is. */
  readonly expiresAtMs?: number;
}

/**
 * Renames a key, or lets it end earlier. Nothing else of a key changes once it is made: whoever relies on what it may do,
 * and from where, can rely on it. For more, or for something else, there is a new key.
 * @param address network address of the member
 * @throws LatchkeyError LK-2020, LK-2014, LK-2016, LK-2021 (revoked, expired, declared), LK-2102, LK-2022,
 *   LK-2027
 */
export async function updateKey(
  parts: AdminParts,
  member: Member,
  { id, version, name, expiresAtMs }: KeyChange,
  address: string | null,
): Promise<KeyDetails> {
  const nowMs = parts.clock.now();
  if (name !== undefined) checkName(name, "name");
  checkExpiry(expiresAtMs ?? null, nowMs);
  const saved = await parts.records.transact(async (transaction) => {
    const found = await findKey(parts, transaction, member, { id, permission: "key.rotate" });
    requireWorking(found, version, nowMs);
    const { record, tenant } = found;
    const { body: before } = record;
    const policy = findTenant(parts.artifact().artifact, tenant)?.keys;
    if (policy === undefined) throw noSuchThing("id");
    if (name !== undefined && name !== before.name) {
      checkPolicyName(policy, name);
      const family = [id, before.replaces, before.replacedBy];
      const { artifact } = parts.artifact();
      await requireFreeName(artifact, transaction, { tenant, app: before.app, name, family }, nowMs);
    }
    if (expiresAtMs !== undefined && expiresAtMs > (before.expiresAtMs ?? Number.POSITIVE_INFINITY)) {
      throw wrongField("expiresAtMs", "A key can only be made to end earlier: rotate it, or make a new one.");
    }
    const end = expiresAtMs ?? before.expiresAtMs;
    const isSame = end === before.expiresAtMs;
    if (isSame && (name ?? before.name) === before.name) return record;
    const warnedAtMs = isSame ? (before.warnedAtMs ?? null) : null;
    const body = { ...before, name: name ?? before.name, expiresAtMs: end, warnedAtMs };
    const written = {
      before: record,
      id,
      tenant,
      body,
      actor: actorOf(member, address),
      action: "key.update",
    };
    return saveKey(parts, transaction, written, null);
  });
  return withLastUse(parts.records, showKey(saved, nowMs));
}
