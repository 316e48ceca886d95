import { LatchkeyError } from "../../kernel/error.ts";
import type { RecordTransaction } from "../../stores/record-store.ts";
import type { KeyBody } from "../../stores/records/key-record.ts";
import type { AdminParts } from "../admin-parts.ts";
import { findTenant } from "../artifact-names.ts";
import { checkCount, wrongField } from "../check-input.ts";
import { lastMs, momentAfter } from "../day.ts";
import { actorOf, type Member } from "../identity/member.ts";
import { noSuchThing } from "../refusals.ts";
import { checkExpiry } from "./check-key.ts";
import { type FoundKey, findKey, type KeyRef, requireWorking } from "./find-key.ts";
import { type IssuedKey, makeKey } from "./issue-key.ts";
import { checkKeyPolicy } from "./key-policy.ts";
import { showKey, stateOf } from "./key-view.ts";
import { saveKey } from "./save-key.ts";

/** The longest overlap: 90 days. */
const MAX_OVERLAP_MS = 90 * 86_400_000;

/** How a key is rotated. */
export interface Rotation extends KeyRef {
  /** Milliseconds for which the old key works beside the new one, 90 days at most; 0: it ends at once. */
  readonly overlapMs: number;
  /**
   * First millisecond at which the new key no longer works; null: never. Absent: it lasts as long as the old one was to,
   * as far as the tenant's policy allows.
   */
  readonly expiresAtMs?: number | null;
}

/**
 * Makes a key that takes the place of another and may do exactly what that one may. The old one works on until the
 * overlap is over, and never longer than it would have. A key is rotated once, and not while the one before it works.
 * @param address network address of the member
 * @throws LatchkeyError LK-2020, LK-2014, LK-2016, LK-2021 (revoked, expired, rotated already, declared), LK-2102, LK-2022
 */
export async function rotateKey(
  parts: AdminParts,
  member: Member,
  rotation: Rotation,
  address: string | null,
): Promise<IssuedKey> {
  checkCount(rotation.overlapMs, "overlapMs", 0);
  if (rotation.overlapMs > MAX_OVERLAP_MS) throw wrongField("overlapMs", "An overlap is at most 90 days.");
  const nowMs = parts.clock.now();
  checkExpiry(rotation.expiresAtMs ?? null, nowMs);
  const { artifact } = parts.artifact();
  const { text, key } = await parts.records.transact(async (transaction) => {
    const found = await findKey(parts, transaction, member, { id: rotation.id, permission: "key.rotate" });
    requireWorking(found, rotation.version, nowMs);
    const { record, tenant } = found;
    if ((record.body.replacedBy ?? null) !== null) {
      throw new LatchkeyError(
        "LK-2021",
        `The key ${record.body.replacedBy} has taken the place of this one.`,
      );
    }
    await requireNoOverlap(transaction, record.body, nowMs);
    const policy = findTenant(artifact, tenant)?.keys;
    if (policy === undefined) throw noSuchThing("id");
    const expiresAtMs =
      rotation.expiresAtMs === undefined
        ? sameLifetime(found, policy.maxLifetimeMs, nowMs)
        : rotation.expiresAtMs;
    const made = makeKey(record.body.environment);
    const body = successor(record.body, {
      id: record.id,
      digest: made.digest,
      by: member.address,
      expiresAtMs,
    });
    checkKeyPolicy(policy, body, nowMs);
    const actor = actorOf(member, address);
    const action = "key.rotate";
    const saved = await saveKey(
      parts,
      transaction,
      { before: null, id: made.id, tenant, body, actor, action },
      null,
    );
    const endsAtMs = Math.min(record.body.expiresAtMs ?? lastMs, momentAfter(nowMs, rotation.overlapMs));
    const old: KeyBody = { ...record.body, expiresAtMs: endsAtMs, replacedBy: made.id, warnedAtMs: nowMs };
    const told = { name: "key.rotated", by: member.address, reason: null, replacedBy: made.id } as const;
    await saveKey(
      parts,
      transaction,
      { before: record, id: record.id, tenant, body: old, actor, action },
      told,
    );
    return { text: made.text, key: saved };
  });
  return { text, key: showKey(key, nowMs) };
}

/** One key and the one that it replaces at most: otherwise rotating again and again would make as many as one likes. */
async function requireNoOverlap(
  records: Pick<RecordTransaction, "get">,
  { replaces }: KeyBody,
  nowMs: number,
): Promise<void> {
  const before = replaces === null ? undefined : await records.get("key", replaces);
  if (before === undefined || stateOf(before.body, nowMs) !== "active") return;
  throw new LatchkeyError(
    "LK-2021",
    `The key ${before.id}, in whose place this one came, still works: wait for its end, or revoke it first.`,
  );
}

function successor(
  old: KeyBody,
  made: {
    readonly id: string;
    readonly digest: string;
    readonly by: string;
    readonly expiresAtMs: number | null;
  },
): KeyBody {
  return {
    ...old,
    digest: made.digest,
    expiresAtMs: made.expiresAtMs,
    warnedAtMs: null,
    createdBy: made.by,
    replaces: made.id,
    replacedBy: null,
    label: null,
  };
}

function sameLifetime({ record }: FoundKey, maxMs: number | null, nowMs: number): number | null {
  const { expiresAtMs } = record.body;
  if (expiresAtMs === null) return maxMs === null ? null : momentAfter(nowMs, maxMs);
  return momentAfter(nowMs, Math.min(expiresAtMs - record.createdAtMs, maxMs ?? Number.POSITIVE_INFINITY));
}
