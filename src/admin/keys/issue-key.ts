import { generateApiKey, parseApiKey } from "../../kernel/api-key.ts";
import { assert } from "../../kernel/assert.ts";
import { digestOf } from "../../kernel/hash.ts";
import type { AdminParts } from "../admin-parts.ts";
import { findApp } from "../artifact-names.ts";
import { actorOf, type Member } from "../identity/member.ts";
import { noSuchThing, requirePermission } from "../refusals.ts";
import { checkWantedKey, type WantedKey } from "./check-key.ts";
import { requireFreeName } from "./key-names.ts";
import { checkKeyCount, checkKeyPolicy } from "./key-policy.ts";
import { type KeyDetails, showKey } from "./key-view.ts";
import { saveKey } from "./save-key.ts";

/** A key to be made for an application. */
export interface NewKey extends WantedKey {
  readonly tenant: string;
  readonly app: string;
}

/** A key that was made just now. */
export interface IssuedKey {
  /** The plain text: it is shown once and is nowhere else. */
  readonly text: string;
  readonly key: KeyDetails;
}

/**
 * Makes a key for an application, within its tenant's policy.
 * @param address network address of the member
 * @throws LatchkeyError LK-2020 (tenant or application), LK-2014, LK-2102 with the field at fault, LK-2022 with the rule,
 *   LK-2027
 */
export async function issueKey(
  parts: AdminParts,
  member: Member,
  wanted: NewKey,
  address: string | null,
): Promise<IssuedKey> {
  requirePermission(member, "key.create", wanted.tenant);
  const { artifact } = parts.artifact();
  const found = findApp(artifact, wanted.tenant, wanted.app);
  if (found === undefined) throw noSuchThing("app");
  const nowMs = parts.clock.now();
  checkWantedKey(artifact, found.tenantId, wanted, nowMs);
  checkKeyPolicy(found.tenant.keys, wanted, nowMs);
  const { text, id, digest } = makeKey(wanted.environment);
  const { tenant, app, name, environment, expiresAtMs, scope, networks, requestsPerMinute } = wanted;
  const saved = await parts.records.transact(async (transaction) => {
    await requireFreeName(artifact, transaction, { tenant, app, name, family: [] }, nowMs);
    await checkKeyCount(artifact, transaction, found, nowMs);
    const body = {
      ...{ app, name, environment, digest, expiresAtMs, networks, requestsPerMinute },
      state: "active",
      warnedAtMs: null,
      scope: { ...scope },
      createdBy: member.address,
      ...{ replaces: null, replacedBy: null, revokedAtMs: null, revokedBy: null, revokedFor: null },
      label: null,
    } as const;
    const actor = actorOf(member, address);
    const written = { before: null, id, tenant, body, actor, action: "key.create" };
    return saveKey(parts, transaction, written, { name: "key.created", by: member.address, reason: null });
  });
  return { text, key: showKey(saved, nowMs) };
}

/** A new text with what is kept of it. */
export function makeKey(environment: string): {
  readonly text: string;
  readonly id: string;
  readonly digest: string;
} {
  const text = generateApiKey(environment);
  const id = parseApiKey(text)?.publicId;
  assert(id !== undefined, "a key that was made just now cannot be read");
  return { text, id, digest: digestOf(text) };
}
