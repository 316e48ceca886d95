import { generateAccessToken, parseAccessToken } from "../../kernel/access-token.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { digestOf } from "../../kernel/hash.ts";
import type { StoredRecord } from "../../stores/record-store.ts";
import { isPermission, type Permission } from "../permissions.ts";
import type { RecordParts } from "./identity-parts.ts";
import { actorOf, type Member } from "./member.ts";
import { isSameText } from "./same-text.ts";

/** Tokens that one member may have at a time. */
const MAX_TOKENS = 100;

/** What a new access token is to be. */
export interface NewAccessToken {
  /** What the member calls it, 1 to 100 characters. */
  readonly name: string;
  /** What it is narrowed to; null: all that its maker may do. An empty list allows nothing. */
  readonly permissions: readonly string[] | null;
  /** First millisecond at which it no longer works; null: never. */
  readonly expiresAtMs: number | null;
}

/**
 * Makes an access token for a member. Made with a narrowed token, it is narrowed at least as much; the groups are
 * those of the maker's sign-in and stay as they were then.
 * @param address network address of the maker
 * @returns the plain text, which is shown once and is nowhere else
 * @throws LatchkeyError LK-2102 with the field at fault, LK-2014 (wider than its maker), LK-2021 (too many)
 */
export async function createAccessToken(
  parts: RecordParts,
  maker: Member,
  wanted: NewAccessToken,
  address: string | null,
): Promise<{ readonly text: string; readonly record: StoredRecord<"api-token"> }> {
  checkWanted(wanted, parts.clock.now());
  const permissions = narrow(maker, wanted.permissions);
  const { text, publicId } = generateAccessToken();
  const { name, expiresAtMs } = wanted;
  const { artifact } = parts.settings();
  const record = await parts.records.transact(async (transaction) => {
    if ((await transaction.count({ kind: "api-token", where: { member: maker.address } })) >= MAX_TOKENS) {
      throw new LatchkeyError("LK-2021", `A member may have ${MAX_TOKENS} access tokens: revoke some first.`);
    }
    const body = {
      digest: digestOf(text),
      member: maker.address,
      name,
      permissions,
      groups: maker.groups,
      expiresAtMs,
    };
    const made = await transaction.insert({ kind: "api-token", id: publicId, tenant: null, body });
    await transaction.audit({
      actor: actorOf(maker, address),
      tenant: null,
      action: "token.create",
      subject: `token:${publicId}`,
      before: null,
      after: { member: maker.address, name, permissions, expiresAtMs },
      artifact,
    });
    return made;
  });
  return { text, record };
}

/** The record of a token that was sent, if the whole of it is right and it has not expired. */
export async function findAccessToken(
  parts: RecordParts,
  text: string,
): Promise<StoredRecord<"api-token"> | undefined> {
  const publicId = parseAccessToken(text);
  if (publicId === undefined) return undefined;
  const record = await parts.records.get("api-token", publicId);
  if (record === undefined || !isSameText(record.body.digest, digestOf(text))) return undefined;
  const { expiresAtMs } = record.body;
  return expiresAtMs === null || parts.clock.now() < expiresAtMs ? record : undefined;
}

/** A member's tokens, the newest first; expired ones too. */
export async function listAccessTokens(
  parts: RecordParts,
  member: string,
): Promise<readonly StoredRecord<"api-token">[]> {
  return (await parts.records.list({ kind: "api-token", where: { member }, limit: MAX_TOKENS })).records;
}

/**
 * Revokes a member's own token at once.
 * @param address network address of the member
 * @returns whether the member had such a token
 */
export async function revokeAccessToken(
  parts: RecordParts,
  member: Member,
  id: string,
  address: string | null,
): Promise<boolean> {
  const { artifact } = parts.settings();
  return parts.records.transact(async (transaction) => {
    const record = await transaction.get("api-token", id);
    if (record === undefined || record.body.member !== member.address) return false;
    await transaction.remove("api-token", id);
    await transaction.audit({
      actor: actorOf(member, address),
      tenant: null,
      action: "token.revoke",
      subject: `token:${id}`,
      before: { member: member.address, name: record.body.name },
      after: null,
      artifact,
    });
    return true;
  });
}

function checkWanted(wanted: NewAccessToken, now: number): void {
  if (wanted.name.length < 1 || wanted.name.length > 100) {
    throw new LatchkeyError("LK-2102", "A token's name has 1 to 100 characters.", { param: "name" });
  }
  const unknown = wanted.permissions?.findIndex((permission) => !isPermission(permission)) ?? -1;
  if (unknown !== -1) {
    throw new LatchkeyError("LK-2102", "There is no such permission.", { param: `permissions[${unknown}]` });
  }
  if (
    wanted.expiresAtMs !== null &&
    !(Number.isSafeInteger(wanted.expiresAtMs) && wanted.expiresAtMs > now)
  ) {
    throw new LatchkeyError("LK-2102", "A token has to expire in the future.", { param: "expiresAtMs" });
  }
}

function narrow(maker: Member, wanted: readonly string[] | null): readonly string[] | null {
  if (maker.permissions === null) return wanted;
  if (wanted === null) return [...maker.permissions];
  const wider = wanted.find((permission) => !maker.permissions?.has(permission as Permission));
  if (wider === undefined) return wanted;
  throw new LatchkeyError(
    "LK-2014",
    `The token that was sent does not have the permission ${wider} itself.`,
    {
      param: "permissions",
    },
  );
}
