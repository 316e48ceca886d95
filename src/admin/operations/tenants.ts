import { getTenant, listTenants } from "../contract/tenants.ts";
import { may } from "../permissions.ts";
import { bind } from "./bound-operation.ts";
import { offsetPage } from "./pages.ts";
import { requireTenant } from "./require-tenant.ts";

/** Operations on tenants. */
export const tenantOperations = [
  bind(listTenants, async ({ member, parts }, { query }) => {
    const seen = parts
      .artifact()
      .artifact.tenants.filter(({ name }) => may(member, "tenant.read", name))
      .map(({ name, displayName }) => ({ name, displayName, roles: [...(member.roles.get(name) ?? [])] }));
    return offsetPage(seen, query, ["tenants.list"]);
  }),
  bind(getTenant, async ({ member, parts }, { params }) => {
    const { artifact } = parts.artifact();
    const { tenant, tenantId } = requireTenant(artifact, params.tenant);
    const { name, displayName, keys, limits, budget, members, groups } = tenant;
    return {
      ...{ name, displayName, keys, limits, budget },
      roles: [...(member.roles.get(name) ?? [])],
      counts: {
        members: members.length + groups.length,
        apps: artifact.apps.filter((app) => app.tenant === tenantId).length,
        services: artifact.services.filter(({ owner }) => owner === tenantId).length,
      },
    };
  }),
];
