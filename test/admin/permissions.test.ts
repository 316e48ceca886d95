import { describe, expect, test } from "bun:test";
import {
  allPermissions,
  isPermission,
  may,
  type Permission,
  type Permitted,
  type Role,
  rolePermissions,
} from "../../src/admin/permissions.ts";

const nobody: Permitted = { roles: new Map(), isOperator: false, permissions: null };
const withRole = (role: Role): Permitted => ({ ...nobody, roles: new Map([["shop", new Set([role])]]) });
const roles = Object.keys(rolePermissions) as Role[];

describe("the table of permissions", () => {
  test("names permissions as subject and verb, each once", () => {
    for (const permission of allPermissions) expect(permission).toMatch(/^[a-z]+\.[a-z]+$/);
    expect(new Set(allPermissions).size).toBe(allPermissions.length);
    for (const role of roles) expect(new Set(rolePermissions[role]).size).toBe(rolePermissions[role].length);
  });

  test("a text that is no permission is not taken for one", () => {
    expect(isPermission("key.create")).toBe(true);
    for (const text of ["", "key", "key.*", "constructor", "__proto__", "KEY.CREATE"]) {
      expect(isPermission(text)).toBe(false);
    }
  });

  test("each role has what the one below it has", () => {
    const chain: readonly Role[] = ["viewer", "developer", "admin", "owner"];
    for (const [index, role] of chain.entries()) {
      const below = chain[index - 1];
      if (below !== undefined)
        expect(rolePermissions[role]).toEqual(expect.arrayContaining([...rolePermissions[below]]));
    }
  });

  test.each([
    ["viewer", "key.read", true],
    ["viewer", "key.create", false],
    ["viewer", "audit.read", false],
    ["viewer", "usage.read", false],
    ["billing", "usage.read", true],
    ["billing", "key.create", false],
    ["billing", "subscription.request", false],
    ["developer", "key.create", true],
    ["developer", "key.revoke", true],
    ["developer", "subscription.request", true],
    ["developer", "subscription.revoke", false],
    ["developer", "audit.read", false],
    ["admin", "subscription.revoke", true],
    ["admin", "audit.read", true],
    ["admin", "member.manage", false],
    ["owner", "member.manage", true],
    ["owner", "audit.verify", false],
    ["owner", "platform.read", false],
  ] as const)("%s: %s is %p", (role, permission, expected) => {
    expect(may(withRole(role), permission, "shop")).toBe(expected);
  });
});

describe.each(roles)("a member who is %s of one tenant", (role) => {
  const member = withRole(role);

  test.each([...allPermissions])("has no %s in another tenant", (permission) => {
    expect(may(member, permission, "bank")).toBe(false);
  });

  test("has nothing of the platform's but what is the member's own", () => {
    const allowed = allPermissions.filter((permission) => may(member, permission, null));
    expect(allowed).toEqual([
      "self.read",
      "session.read",
      "session.revoke",
      "token.read",
      "token.create",
      "token.revoke",
    ]);
  });

  test("has exactly what the table says, and no more when narrowed", () => {
    const allowed = allPermissions.filter((permission) => may(member, permission, "shop"));
    expect([...allowed].sort()).toEqual([...rolePermissions[role]].sort());
    const narrowed = { ...member, permissions: new Set<Permission>(["key.read", "audit.verify"]) };
    expect(allPermissions.filter((permission) => may(narrowed, permission, "shop"))).toEqual(["key.read"]);
    const empty = { ...member, permissions: new Set<Permission>() };
    for (const permission of allPermissions) {
      expect(may(empty, permission, "shop")).toBe(false);
      expect(may(empty, permission, null)).toBe(false);
    }
  });
});

describe("several roles and operators", () => {
  test("roles of one tenant add up", () => {
    const member = { ...nobody, roles: new Map([["shop", new Set<Role>(["billing", "developer"])]]) };
    expect(may(member, "usage.read", "shop")).toBe(true);
    expect(may(member, "key.create", "shop")).toBe(true);
    expect(may(member, "audit.read", "shop")).toBe(false);
  });

  test("an operator has everything everywhere, unless narrowed", () => {
    const operator = { ...nobody, isOperator: true };
    for (const permission of allPermissions) {
      for (const tenant of ["shop", "bank", null]) expect(may(operator, permission, tenant)).toBe(true);
    }
    const narrowed = { ...operator, permissions: new Set<Permission>(["audit.read"]) };
    expect(may(narrowed, "audit.read", "bank")).toBe(true);
    expect(may(narrowed, "key.create", "bank")).toBe(false);
  });

  test("tenants named like members of objects give nothing", () => {
    for (const tenant of ["__proto__", "constructor", "toString", ""]) {
      expect(may(withRole("owner"), "key.read", tenant)).toBe(false);
    }
  });
});
