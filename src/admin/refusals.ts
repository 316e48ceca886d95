import { LatchkeyError } from "../kernel/error.ts";
import { may, type Permission, type Permitted } from "./permissions.ts";

/**
 * What is said of everything that is not there, and of everything that belongs to others: in the same words.
 * @param param field, or part of the path, that names it
 */
export function noSuchThing(param: string): LatchkeyError {
  return new LatchkeyError("LK-2020", undefined, { param });
}

/** Whether a member has anything to do with a tenant. */
export function belongsTo(member: Permitted, tenant: string): boolean {
  return member.isOperator || member.roles.has(tenant);
}

/**
 * Lets a member go on who has a permission in a tenant.
 * @param param field that names the tenant, or the thing that is the tenant's
 * @throws LatchkeyError LK-2020 for strangers, who do not learn whether the tenant exists, LK-2014 for its members
 */
export function requirePermission(
  member: Permitted,
  permission: Permission,
  tenant: string,
  param = "tenant",
): void {
  if (!belongsTo(member, tenant)) throw noSuchThing(param);
  if (!may(member, permission, tenant)) {
    throw new LatchkeyError("LK-2014", `This needs the permission ${permission} in the tenant ${tenant}.`);
  }
}

/**
 * Lets go on who knows what a record is now.
 * @param expected version that the caller has read; absent or null: any
 * @throws LatchkeyError LK-2016
 */
export function requireVersion(record: { readonly version: number }, expected?: number | null): void {
  if (expected === undefined || expected === null || record.version === expected) return;
  throw new LatchkeyError("LK-2016", `It has the version ${record.version} by now, and not ${expected}.`);
}
