import type { Artifact } from "../../artifact/artifact.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { AdminParts } from "../admin-parts.ts";
import type { Operation } from "../contract/operation.ts";
import type { Member } from "../identity/member.ts";
import { may } from "../permissions.ts";
import { noSuchThing, requirePermission } from "../refusals.ts";

/**
 * Lets a member go on who has the permission of an operation where it takes place.
 * @throws LatchkeyError LK-2014, LK-2020
 */
export type Admit = (member: Member, operation: Operation, tenant: string | null) => void;

/** Makes it. The names of the tenants are gathered once for each artifact. */
export function createAdmit({ artifact }: Pick<AdminParts, "artifact">): Admit {
  const known = new WeakMap<Artifact, ReadonlySet<string>>();
  const tenants = (): ReadonlySet<string> => {
    const current = artifact().artifact;
    const names = known.get(current) ?? new Set(current.tenants.map(({ name }) => name));
    known.set(current, names);
    return names;
  };
  return (member, { permission, scope }, tenant) => {
    if (scope === "tenant") {
      if (tenant === null || !tenants().has(tenant)) throw noSuchThing("tenant");
      return requirePermission(member, permission, tenant);
    }
    if (may(member, permission, null)) return;
    throw new LatchkeyError("LK-2014", `This needs the permission ${permission}.`);
  };
}
