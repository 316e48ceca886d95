import type { Operation } from "../src/admin/contract/operation.ts";
import { adminOperations } from "../src/admin/contract.ts";
import { rolePermissions } from "../src/admin/permissions.ts";

const operations: readonly Operation[] = adminOperations;

/** The text of `docs/admin-operations.md`. */
export function adminReference(): string {
  return `# Operations of the admin API

Made from \`src/admin/contract.ts\` by \`npm run docs\`; do not edit. How they are asked stands in [admin API](admin-api.md);
their fields are in the OpenAPI document that the gateway serves.

Of a subscription, the application's side is \`/tenants/{tenant}/subscriptions\`, and the service's owner's is
\`/tenants/{tenant}/approvals\` and \`/tenants/{tenant}/subscribers\`.

## Operations

The permission is looked for in the tenant of the path. \`own\` stands for what is the member's own, and \`platform\` for what
operators alone may do.

| operation | request | permission | what it does |
| --- | --- | --- | --- |
${operations.map(rowOf).join("\n")}

## Permissions by role

${roleTable()}
`;
}

function rowOf({ name, method, path, permission, scope, summary }: Operation): string {
  const where = scope === "tenant" ? "" : ` (${scope === "self" ? "own" : scope})`;
  return `| \`${name}\` | \`${method} ${path}\` | \`${permission}\`${where} | ${summary} |`;
}

function roleTable(): string {
  const roles = ["viewer", "billing", "developer", "admin", "owner"] as const;
  const rows = rolePermissions.owner.map((permission) => {
    const marks = roles.map((role) => (rolePermissions[role].includes(permission) ? "✓" : "–"));
    return `| \`${permission}\` | ${marks.join(" | ")} |`;
  });
  return `| permission | ${roles.join(" | ")} |\n| --- |${" --- |".repeat(roles.length)}\n${rows.join("\n")}`;
}
