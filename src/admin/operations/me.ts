import { getMe } from "../contract/me.ts";
import { may, rolePermissions } from "../permissions.ts";
import { bind } from "./bound-operation.ts";

/** Operations on who asks. */
export const meOperations = [
  bind(getMe, async ({ member, parts }) => {
    const { tenants } = parts.artifact().artifact;
    const { address, name, means, isOperator, csrf, permissions } = member;
    return {
      ...{ address, name, means, isOperator, csrf },
      narrowedTo: permissions === null ? null : [...permissions],
      tenants: tenants.flatMap((tenant) => {
        const roles = member.roles.get(tenant.name);
        if (roles === undefined) return [];
        return [
          {
            name: tenant.name,
            displayName: tenant.displayName,
            roles: [...roles],
            permissions: rolePermissions.owner.filter((permission) => may(member, permission, tenant.name)),
          },
        ];
      }),
    };
  }),
];
