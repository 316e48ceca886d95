import { LatchkeyError } from "../../kernel/error.ts";
import type { RecordTransaction, StoredRecord } from "../../stores/record-store.ts";
import type { AdminParts } from "../admin-parts.ts";
import type { Member } from "../identity/member.ts";
import { may, type Permission } from "../permissions.ts";
import { belongsTo, noSuchThing, requirePermission, requireVersion } from "../refusals.ts";
import { declaredKeys, type KeyDetails } from "./key-view.ts";

/** Which key is meant. */
export interface KeyRef {
  readonly id: string;
  /** Version that the caller has read; absent or null: any. */
  readonly version?: number | null;
}

/** An issued key, with the tenant that it belongs to. */
export interface FoundKey {
  readonly record: StoredRecord<"key">;
  readonly tenant: string;
}

/**
 * Finds an issued key for a member who wants to change it.
 * @throws LatchkeyError LK-2020, LK-2014, LK-2021 where the config declares the key
 */
export async function findKey(
  parts: AdminParts,
  records: Pick<RecordTransaction, "get">,
  member: Member,
  { id, permission }: { readonly id: string; readonly permission: Permission },
): Promise<FoundKey> {
  const record = await records.get("key", id);
  if (record === undefined || record.tenant === null) {
    const declared = findDeclared(parts, member, id);
    requirePermission(member, permission, declared.tenant, "id");
    throw new LatchkeyError("LK-2021", "The config declares this key: change it there.");
  }
  requirePermission(member, permission, record.tenant, "id");
  return { record, tenant: record.tenant };
}

/**
 * A declared key of one of a member's tenants.
 * @throws LatchkeyError LK-2020
 */
export function findDeclared(parts: AdminParts, member: Member, id: string): KeyDetails {
  const { artifact } = parts.artifact();
  const found = artifact.tenants
    .filter(({ name }) => belongsTo(member, name) && id.startsWith(`${name}/`))
    .flatMap(({ name }) => declaredKeys(artifact, name, parts.clock.now()))
    .find((key) => key.id === id);
  if (found === undefined) throw noSuchThing("id");
  return found;
}

/**
 * Checks that an issued key can still be changed.
 * @throws LatchkeyError LK-2016, LK-2021
 */
export function requireWorking(
  { record: { body, version } }: FoundKey,
  expected: number | null | undefined,
  nowMs: number,
): void {
  requireVersion({ version }, expected);
  if (body.state === "revoked") throw new LatchkeyError("LK-2021", "The key has been revoked.");
  if (body.expiresAtMs !== null && nowMs >= body.expiresAtMs) {
    throw new LatchkeyError("LK-2021", "The key has expired.");
  }
}

/** Whether a member may read the keys of a tenant. */
export function mayReadKeys(member: Member, tenant: string): boolean {
  return belongsTo(member, tenant) && may(member, "key.read", tenant);
}
