import type { AdminParts } from "../admin-parts.ts";
import { checkWords } from "../check-input.ts";
import { actorOf, type Member } from "../identity/member.ts";
import { requireVersion } from "../refusals.ts";
import { findKey, type KeyRef } from "./find-key.ts";
import { withLastUse } from "./key-use.ts";
import { type KeyDetails, showKey } from "./key-view.ts";
import { saveKey } from "./save-key.ts";

/**
 * Revokes a key for good. One that is revoked already stays as it is and is answered again.
 * @param address network address of the member
 * @throws LatchkeyError LK-2020, LK-2014, LK-2016, LK-2021 where the config declares the key, LK-2102
 */
export async function revokeKey(
  parts: AdminParts,
  member: Member,
  { id, version, reason = null }: KeyRef & { readonly reason?: string | null },
  address: string | null,
): Promise<KeyDetails> {
  if (reason !== null) checkWords(reason, "reason");
  const nowMs = parts.clock.now();
  const saved = await parts.records.transact(async (transaction) => {
    const { record, tenant } = await findKey(parts, transaction, member, { id, permission: "key.revoke" });
    if (record.body.state === "revoked") return record;
    requireVersion(record, version);
    const revoked = { revokedAtMs: nowMs, revokedBy: member.address, revokedFor: reason };
    const body = { ...record.body, state: "revoked", ...revoked } as const;
    const written = {
      before: record,
      id,
      tenant,
      body,
      actor: actorOf(member, address),
      action: "key.revoke",
    };
    return saveKey(parts, transaction, written, { name: "key.revoked", by: member.address, reason });
  });
  return withLastUse(parts.records, showKey(saved, nowMs));
}
