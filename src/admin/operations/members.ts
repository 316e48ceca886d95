import { listMembers } from "../contract/members.ts";
import { bind } from "./bound-operation.ts";
import { offsetPage } from "./pages.ts";
import { requireTenant } from "./require-tenant.ts";

/** Operations on members. */
export const memberOperations = [
  bind(listMembers, async ({ parts }, { params, query }) => {
    const { tenant } = requireTenant(parts.artifact().artifact, params.tenant);
    const people = tenant.members.map(([name, role]) => ({ kind: "person" as const, name, role }));
    const groups = tenant.groups.map(([name, role]) => ({ kind: "group" as const, name, role }));
    const found = [...people, ...groups].filter(
      ({ role }) => query.role === undefined || role === query.role,
    );
    return offsetPage(found, query, ["members.list", params.tenant]);
  }),
];
