/** Roles of a tenant's members, from most to least. */
export const roles = ["owner", "admin", "developer", "billing", "viewer"] as const;

/** Role of a member inside a tenant. */
export type Role = (typeof roles)[number];
