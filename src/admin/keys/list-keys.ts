import type { AdminParts } from "../admin-parts.ts";
import { checkPage, type PageRequest } from "../check-input.ts";
import type { Member } from "../identity/member.ts";
import { requirePermission } from "../refusals.ts";
import { findDeclared } from "./find-key.ts";
import { withLastUse } from "./key-use.ts";
import { declaredKeys, type KeyDetails, type KeyState, showKey } from "./key-view.ts";

/** Which keys of a tenant to list; what is absent does not matter. */
export interface KeyFilter extends PageRequest {
  readonly tenant: string;
  readonly app?: string;
  readonly state?: KeyState;
  /** Part of the name or the id, in any case of letters. */
  readonly text?: string;
}

/** A part of a list of keys: declared ones as the config has them, then the others, the newest first. */
export interface KeyPage {
  readonly keys: readonly KeyDetails[];
  /** Where the next page begins; null: there is none. */
  readonly next: string | null;
}

/** Cursor of a page that begins among the declared keys, or right after them. */
const DECLARED = /^declared-(\d{1,9})$/;

/** Records that one page looks at, at most. */
const MAX_LOOKED_AT = 5_000;

/**
 * Keys of a tenant. A page may hold less than its limit, even nothing, and have a next one.
 * @throws LatchkeyError LK-2020, LK-2014, LK-2102
 */
export async function listKeys(parts: AdminParts, member: Member, filter: KeyFilter): Promise<KeyPage> {
  requirePermission(member, "key.read", filter.tenant);
  const { keys, next } = await matchingKeys(parts, filter);
  return { keys: await Promise.all(keys.map((key) => withLastUse(parts.records, key))), next };
}

async function matchingKeys(parts: AdminParts, filter: KeyFilter): Promise<KeyPage> {
  const { limit, after } = checkPage(filter);
  const start = after === undefined ? 0 : Number(DECLARED.exec(after)?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) return issuedKeys(parts, filter, { limit, after });
  const all = declaredKeys(parts.artifact().artifact, filter.tenant, parts.clock.now());
  const matching = all.filter((key) => matches(key, filter));
  const declared = matching.slice(start, start + limit);
  const end = start + declared.length;
  if (declared.length === limit) return { keys: declared, next: `declared-${end}` };
  const issued = await issuedKeys(parts, filter, { limit: limit - declared.length, after: undefined });
  return { keys: [...declared, ...issued.keys], next: issued.next };
}

/**
 * A key, issued or declared.
 * @throws LatchkeyError LK-2020, LK-2014
 */
export async function getKey(parts: AdminParts, member: Member, id: string): Promise<KeyDetails> {
  const record = await parts.records.get("key", id);
  if (record === undefined || record.tenant === null) {
    const declared = findDeclared(parts, member, id);
    requirePermission(member, "key.read", declared.tenant, "id");
    return withLastUse(parts.records, declared);
  }
  requirePermission(member, "key.read", record.tenant, "id");
  return withLastUse(parts.records, showKey(record, parts.clock.now()));
}

async function issuedKeys(
  { records, clock }: AdminParts,
  filter: KeyFilter,
  { limit, after: start }: { readonly limit: number; readonly after: string | undefined },
): Promise<KeyPage> {
  const { tenant, app, state } = filter;
  const stored = state === undefined ? {} : { state: state === "revoked" ? "revoked" : "active" };
  const where = { ...(app === undefined ? {} : { app }), ...stored };
  const keys: KeyDetails[] = [];
  let next: string | null = null;
  let after = start;
  for (let lookedAt = 0; lookedAt < MAX_LOOKED_AT; ) {
    const position = after === undefined ? {} : { after };
    const page = await records.list({ kind: "key", tenant, where, limit: limit - keys.length, ...position });
    const shown = page.records.map((record) => showKey(record, clock.now()));
    keys.push(...shown.filter((key) => matches(key, filter)));
    lookedAt += shown.length;
    next = page.next;
    if (next === null || keys.length === limit) break;
    after = next;
  }
  return { keys, next };
}

function matches(key: KeyDetails, { app, state, text }: KeyFilter): boolean {
  if ((app !== undefined && key.app !== app) || (state !== undefined && key.state !== state)) return false;
  const part = text?.toLowerCase() ?? "";
  return key.name.toLowerCase().includes(part) || key.id.toLowerCase().includes(part);
}
