import type { Artifact } from "../../artifact/artifact.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { RecordTransaction } from "../../stores/record-store.ts";
import { stateOf } from "./key-view.ts";

/** A name that a key is to have. */
export interface WantedName {
  readonly tenant: string;
  readonly app: string;
  readonly name: string;
  /** The key that is to have it, with the one before and the one after it: they may share a name. Empty: a new one. */
  readonly family: readonly (string | null | undefined)[];
}

/**
 * Checks that no other key of an application goes by a name: people say which key they mean by it. Keys that have been
 * revoked or have expired leave their names to others; a rotation hands its own on. Exact as part of the transaction
 * that gives the name.
 * @throws LatchkeyError LK-2027
 */
export async function requireFreeName(
  artifact: Artifact,
  transaction: Pick<RecordTransaction, "list">,
  { tenant, app, name, family }: WantedName,
  nowMs: number,
): Promise<void> {
  if (isDeclared(artifact, { tenant, app, name }, nowMs)) {
    throw taken("The config declares a key of this name for the application.");
  }
  const where = { name, app, state: "active" };
  let after: string | null | undefined;
  while (after !== null) {
    const position = after === undefined ? {} : { after };
    const page = await transaction.list({ kind: "key", tenant, where, limit: 1_000, ...position });
    const other = page.records.find(
      ({ id, body }) => stateOf(body, nowMs) === "active" && !family.includes(id),
    );
    if (other !== undefined) throw taken(`The key ${other.id} of the application goes by this name.`);
    after = page.next;
  }
}

function isDeclared(
  artifact: Artifact,
  { tenant, app, name }: Omit<WantedName, "family">,
  nowMs: number,
): boolean {
  return artifact.keys.some((key) => {
    if (key.name !== name || (key.expiresAtMs !== null && nowMs >= key.expiresAtMs)) return false;
    const owner = artifact.apps[key.app];
    return owner?.name === app && artifact.tenants[owner.tenant]?.name === tenant;
  });
}

function taken(message: string): LatchkeyError {
  return new LatchkeyError("LK-2027", message, { param: "name" });
}
