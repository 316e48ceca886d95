import { userInfo } from "node:os";
import { actorOf, localMember } from "../admin/identity/member.ts";
import type { CommandContext } from "./command.ts";
import type { CompiledConfig } from "./compile-config.ts";
import { recordsOf } from "./wire.ts";

/** Breaks that one entry lists; of the others only the number is. */
const MOST_LISTED = 100;

/**
 * Writes into the audit log which broken promises somebody has let pass for an artifact. The entry that says when the
 * artifact came into force refers to it.
 * @throws LatchkeyError LK-6105
 */
export async function noteAllowed(
  { root, io }: CommandContext,
  { allowed, hash }: Pick<CompiledConfig, "allowed" | "hash">,
): Promise<void> {
  if (allowed.length === 0) return;
  const records = recordsOf(root, io.clock);
  try {
    await records.transact((transaction) =>
      transaction.audit({
        actor: actorOf(localMember(userName()), null),
        tenant: null,
        action: "artifact.allow",
        subject: `artifact:${hash}`,
        before: null,
        after: {
          count: allowed.length,
          breaks: allowed.slice(0, MOST_LISTED).map(({ code, message }) => ({ code, message })),
        },
        artifact: hash,
      }),
    );
  } finally {
    await records.close();
  }
}

/** How the operating system calls whoever runs the command; `undefined`: it has no name for them. */
export function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
