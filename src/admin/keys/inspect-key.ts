import { parseApiKey } from "../../kernel/api-key.ts";
import { digestOf } from "../../kernel/hash.ts";
import type { AdminParts } from "../admin-parts.ts";
import { wrongField } from "../check-input.ts";
import type { Member } from "../identity/member.ts";
import { isSameText } from "../identity/same-text.ts";
import { noSuchThing } from "../refusals.ts";
import { mayReadKeys } from "./find-key.ts";
import { withLastUse } from "./key-use.ts";
import { declaredKeys, type KeyDetails, showKey } from "./key-view.ts";

/** Characters of a key at most. */
const MAX_LENGTH = 100;

/**
 * Tells a member of the tenant that owns it which key a text is. The whole text has to be right: nobody learns from a
 * public id alone whether there is such a key.
 * @throws LatchkeyError LK-2102 where the text is no key, LK-2020 where it is none of the member's
 */
export async function inspectKey(parts: AdminParts, member: Member, text: string): Promise<KeyDetails> {
  const publicId = text.length > MAX_LENGTH ? undefined : parseApiKey(text)?.publicId;
  if (publicId === undefined) throw wrongField("key", "This is not the whole text of a key.");
  const digest = digestOf(text);
  const nowMs = parts.clock.now();
  const record = await parts.records.get("key", publicId);
  if (record !== undefined && isSameText(record.body.digest, digest)) {
    if (record.tenant === null || !mayReadKeys(member, record.tenant)) throw noSuchThing("key");
    return withLastUse(parts.records, showKey(record, nowMs));
  }
  const declared = declaredWith(parts, digest, nowMs);
  if (declared === undefined || !mayReadKeys(member, declared.tenant)) throw noSuchThing("key");
  return withLastUse(parts.records, declared);
}

function declaredWith(parts: AdminParts, digest: string, nowMs: number): KeyDetails | undefined {
  const { artifact } = parts.artifact();
  const row = artifact.keys.find((key) => isSameText(key.digest, digest));
  const app = artifact.apps[row?.app ?? -1];
  const tenant = artifact.tenants[app?.tenant ?? -1]?.name ?? "";
  const id = `${tenant}/${app?.name ?? ""}/${row?.name ?? ""}`;
  return declaredKeys(artifact, tenant, nowMs).find((key) => key.id === id);
}
