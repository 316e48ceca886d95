import type { RecordStore } from "../../stores/record-store.ts";
import type { KeyDetails } from "./key-view.ts";

/** Id of the record that holds the last use of a key. @param key its name in the config, or its public id */
export function keyUseId(key: {
  readonly tenant: string;
  readonly app: string;
  readonly name: string;
}): string {
  return [key.tenant, key.app, key.name].map(encodeURIComponent).join("/");
}

/** A key with when it was used last, as far as that was written down. */
export async function withLastUse(records: Pick<RecordStore, "get">, key: KeyDetails): Promise<KeyDetails> {
  const { tenant, app, declared, id } = key;
  const use = await records.get("key-use", keyUseId({ tenant, app, name: declared ? key.name : id }));
  return { ...key, lastUsedAtMs: use?.body.lastUsedAtMs ?? null };
}
