import { randomText } from "../../kernel/checked-text.ts";
import { digestOf } from "../../kernel/hash.ts";
import type { RecordTransaction, StoredRecord } from "../../stores/record-store.ts";
import type { RecordParts } from "./identity-parts.ts";

/** Somebody who has just proved who they are. */
export interface SignedIn {
  readonly member: string;
  readonly means: "oidc" | "link";
  readonly groups: readonly string[];
  /** Network address. */
  readonly address: string;
}

/**
 * Begins a session and ends the one that the browser had, whoever's it was: what somebody planted before a sign-in
 * is worth nothing after it.
 * @param formerCookie text of the session cookie that came with the request
 * @returns text of the new cookie, which is nowhere else
 */
export async function startSession(
  parts: RecordParts,
  signedIn: SignedIn,
  formerCookie: string | undefined,
): Promise<string> {
  const { member, means, groups, address } = signedIn;
  const { signIn, artifact } = parts.settings();
  const cookie = randomText(43);
  const id = randomText(16);
  const csrf = randomText(43);
  const now = parts.clock.now();
  await parts.records.transact(async (transaction) => {
    if (formerCookie !== undefined) {
      const former = await findByCookie(transaction, formerCookie);
      if (former !== undefined) await transaction.remove("session", former.id);
    }
    await transaction.insert({
      kind: "session",
      id,
      tenant: null,
      body: {
        digest: digestOf(cookie),
        member,
        means,
        groups,
        csrf,
        expiresAtMs: now + signIn.sessionMs,
        usedAtMs: now,
      },
    });
    await transaction.audit({
      actor: { kind: "person", id: member, address },
      tenant: null,
      action: "session.start",
      subject: `session:${id}`,
      before: null,
      after: { member, means },
      artifact,
    });
  });
  return cookie;
}

/**
 * The session of a cookie, if it has not ended; its last use is written down now and then.
 */
export async function useSession(
  parts: RecordParts,
  cookie: string,
): Promise<StoredRecord<"session"> | undefined> {
  const session = await findByCookie(parts.records, cookie);
  if (session === undefined) return undefined;
  const now = parts.clock.now();
  const { idleMs } = parts.settings().signIn;
  if (!isLive(session, now, idleMs)) return undefined;
  // A twentieth of the allowance is near enough, and spares a write on nearly every request.
  if (now - session.body.usedAtMs < idleMs / 20) return session;
  return parts.records.transact(async (transaction) => {
    const current = await transaction.get("session", session.id);
    if (current === undefined) return undefined;
    return transaction.update("session", current.id, current.version, { ...current.body, usedAtMs: now });
  });
}

/** A member's sessions that have not ended, the newest first. */
export async function listSessions(
  parts: RecordParts,
  member: string,
): Promise<readonly StoredRecord<"session">[]> {
  const page = await parts.records.list({ kind: "session", where: { member }, limit: 1000 });
  const { idleMs } = parts.settings().signIn;
  return page.records.filter((session) => isLive(session, parts.clock.now(), idleMs));
}

/**
 * Ends a session of a member at once.
 * @param address network address of whoever ends it
 * @returns whether the member had such a session
 */
export async function endSession(
  parts: RecordParts,
  member: string,
  id: string,
  address: string | null,
): Promise<boolean> {
  const { artifact } = parts.settings();
  return parts.records.transact(async (transaction) => {
    const session = await transaction.get("session", id);
    if (session === undefined || session.body.member !== member) return false;
    await transaction.remove("session", id);
    await transaction.audit({
      actor: { kind: "person", id: member, address },
      tenant: null,
      action: "session.end",
      subject: `session:${id}`,
      before: { member, means: session.body.means },
      after: null,
      artifact,
    });
    return true;
  });
}

/** Whether a session may still be used. @param idleMs milliseconds that it may lie unused */
function isLive(session: StoredRecord<"session">, now: number, idleMs: number): boolean {
  return now < session.body.expiresAtMs && now - session.body.usedAtMs < idleMs;
}

async function findByCookie(
  records: Pick<RecordTransaction, "list">,
  cookie: string,
): Promise<StoredRecord<"session"> | undefined> {
  if (!/^[0-9A-Za-z]{43}$/.test(cookie)) return undefined;
  const page = await records.list({ kind: "session", where: { digest: digestOf(cookie) }, limit: 1 });
  return page.records[0];
}
