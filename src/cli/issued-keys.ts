import type { IssuedKey } from "../stores/ports.ts";
import type { RecordStore, StoredRecord } from "../stores/record-store.ts";

/** Records that are read at once. */
const PAGE = 1_000;

/** Keys on record that are not revoked, the oldest first. @throws LatchkeyError LK-6105 */
export async function readIssuedKeys(records: RecordStore): Promise<readonly IssuedKey[]> {
  const keys: IssuedKey[] = [];
  let after: string | null | undefined;
  while (after !== null) {
    const page = await records.list({
      kind: "key",
      where: { state: "active" },
      order: "oldest",
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    for (const record of page.records) keys.push(issuedKeyOf(record));
    after = page.next;
  }
  return keys;
}

function issuedKeyOf({ id, tenant, createdAtMs, body }: StoredRecord<"key">): IssuedKey {
  const { digest, app, expiresAtMs, label, name } = body;
  return { digest, publicId: id, tenant: tenant ?? "", app, createdAtMs, expiresAtMs, label: label ?? name };
}
