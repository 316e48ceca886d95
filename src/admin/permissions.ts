/** Roles that a member can have in a tenant. */
export type Role = "owner" | "admin" | "developer" | "billing" | "viewer";

/** What everybody may do who is signed in, to what is their own. */
const own = [
  "self.read",
  "session.read",
  "session.revoke",
  "token.read",
  "token.create",
  "token.revoke",
] as const;

const viewer = [
  "tenant.read",
  "member.read",
  "app.read",
  "key.read",
  "service.read",
  "endpoint.read",
  "subscription.read",
  "approval.read",
  "access.read",
] as const;

/**
 * Approving and rejecting is open to every role, because the policy of a service names the roles that decide: the
 * permission lets a member try, and the policy has the last word.
 */
const decide = ["subscription.approve", "subscription.reject"] as const;

const billing = [...viewer, ...decide, "usage.read"] as const;

const developer = [
  ...viewer,
  ...decide,
  "usage.read",
  "key.create",
  "key.rotate",
  "key.revoke",
  "subscription.request",
  "subscription.cancel",
  "subscription.renew",
] as const;

const admin = [
  ...developer,
  "subscription.revoke",
  "approval.export",
  "delivery.read",
  "delivery.retry",
  "audit.read",
] as const;

const owner = [...admin, "member.manage"] as const;

/** What concerns the whole platform: operators alone. */
const platform = ["audit.verify", "artifact.read", "platform.read"] as const;

/** Name of a permission: `<subject>.<verb>`. */
export type Permission = (typeof own | typeof owner | typeof platform)[number];

/** What each role may do in its tenant. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  owner,
  admin,
  developer,
  billing,
  viewer: [...viewer, ...decide],
};

/** Every permission there is. */
export const allPermissions: readonly Permission[] = [...own, ...owner, ...platform];

const ownPermissions = new Set<Permission>(own);
const permissionsOf = new Map(
  Object.entries(rolePermissions).map(([role, list]) => [role, new Set<Permission>(list)] as const),
);

/** What of a member decides what the member may do. */
export interface Permitted {
  /** Roles by the name of the tenant. */
  readonly roles: ReadonlyMap<string, ReadonlySet<Role>>;
  readonly isOperator: boolean;
  /** Permissions that an access token is narrowed to; null: all of the member's. */
  readonly permissions: ReadonlySet<Permission> | null;
}

/** Whether a text is the name of a permission. */
export function isPermission(text: string): text is Permission {
  return (allPermissions as readonly string[]).includes(text);
}

/**
 * Whether a member has a permission. An operator has every one in every tenant; all others have what their roles in
 * that tenant give them.
 * @param tenant name; null: the platform, or what is the member's own
 */
export function may(member: Permitted, permission: Permission, tenant: string | null): boolean {
  if (member.permissions !== null && !member.permissions.has(permission)) return false;
  if (member.isOperator) return true;
  if (tenant === null) return ownPermissions.has(permission);
  for (const role of member.roles.get(tenant) ?? []) {
    if (permissionsOf.get(role)?.has(permission) === true) return true;
  }
  return false;
}
