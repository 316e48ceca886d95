import type { JsonObject } from "../../kernel/json.ts";
import { type KeyStep, keyEvent } from "../../notify/event/key-event.ts";
import type { Actor, RecordTransaction, StoredRecord } from "../../stores/record-store.ts";
import type { KeyBody } from "../../stores/records/key-record.ts";
import type { AdminParts } from "../admin-parts.ts";
import { dayOf } from "../day.ts";

/** A change of a key, as it is to be written. */
export interface SavedKey {
  /** As it is on record; null: it is new. */
  readonly before: StoredRecord<"key"> | null;
  readonly id: string;
  readonly tenant: string;
  readonly body: KeyBody;
  readonly actor: Actor;
  /** `key.<verb>`. */
  readonly action: string;
}

/** What is told of it. */
export type ToldKey = Pick<KeyStep, "name" | "by" | "reason" | "replacedBy">;

/**
 * Writes a key, what the audit log says of it, and what is told to others.
 * @param told null: nobody is told
 */
export async function saveKey(
  parts: AdminParts,
  transaction: RecordTransaction,
  { before, id, tenant, body: wanted, actor, action }: SavedKey,
  told: ToldKey | null,
): Promise<StoredRecord<"key">> {
  const body = { ...wanted, expiresOn: dayOf(wanted.expiresAtMs) };
  const saved =
    before === null
      ? await transaction.insert({ kind: "key", id, tenant, body })
      : await transaction.update("key", id, before.version, body);
  await transaction.audit({
    actor,
    tenant,
    action,
    subject: `key:${id}`,
    before: before === null ? null : auditView(before.body),
    after: auditView(body),
    artifact: parts.artifact().hash,
  });
  if (told !== null) {
    const event = keyEvent(saved, { ...told, timeMs: parts.clock.now(), members: [] });
    await parts.outbox.enqueue(transaction, event);
  }
  return saved;
}

/** All of a key but its digest. */
function auditView({ digest: _digest, expiresOn: _expiresOn, scope, ...body }: KeyBody): JsonObject {
  return { ...body, scope: { ...scope } };
}
