import { describe, expect, test } from "bun:test";
import type { Operation } from "../../../src/admin/contract/operation.ts";
import { adminOperations } from "../../../src/admin/contract.ts";
import type { Member } from "../../../src/admin/identity/member.ts";
import { may, type Permission, type Role, rolePermissions } from "../../../src/admin/permissions.ts";
import { memberOf, operator } from "../support/admin-fixture.ts";
import { createOperationFixture, type OperationFixture } from "./support/operation-fixture.ts";
import { samples } from "./support/samples.ts";

const operations: readonly Operation[] = adminOperations;
const roles = Object.keys(rolePermissions) as Role[];
const tenants = ["shop", "platform", "bank"] as const;

async function outcomeOf(fixture: OperationFixture, name: string, member: Member): Promise<string> {
  const sample = samples[name];
  if (sample === undefined) throw new Error(`there is no sample of ${name}`);
  const request = await sample.make(fixture, member);
  const before = await stateOf(fixture);
  try {
    await fixture.run(name, member, request);
    return "done";
  } catch (error) {
    const { code } = error as { readonly code?: string };
    if (code === undefined) throw error;
    expect(await stateOf(fixture)).toBe(before);
    return code;
  }
}

/** All records and the audit log. */
async function stateOf({ parts: { records } }: OperationFixture): Promise<string> {
  const kinds = ["key", "subscription", "delivery", "api-token", "session"] as const;
  const lists = await Promise.all(kinds.map((kind) => records.list({ kind, limit: 99 })));
  return JSON.stringify([lists, await records.listAudit({ limit: 99 })]);
}

/** What has to come of it. */
function expected({ scope, permission }: Operation, member: Member, tenant: string): string {
  if (scope !== "tenant") return may(member, permission, null) ? "done" : "LK-2014";
  if (!member.isOperator && !member.roles.has(tenant)) return "LK-2020";
  return may(member, permission, tenant) ? "done" : "LK-2014";
}

const cases = operations.flatMap((operation) =>
  tenants.flatMap((tenant) => roles.map((role) => [operation.name, role, tenant, operation] as const)),
);

describe("who may do what", () => {
  test("there is a request for every operation", () => {
    expect(Object.keys(samples).sort()).toEqual(operations.map(({ name }) => name).sort());
  });

  test.each(cases)("%s by %s of %s", async (name, role, tenant, operation) => {
    const member = memberOf(tenant, role);
    const wanted = expected(operation, member, samples[name]?.tenant ?? "");
    expect(await outcomeOf(createOperationFixture(), name, member)).toBe(wanted);
  });

  test.each(operations.map((operation) => [operation.name, operation] as const))(
    "%s by an operator, and with tokens that are narrowed to it, to something else and to nothing",
    async (name, { permission, scope }) => {
      expect(await outcomeOf(createOperationFixture(), name, operator())).toBe("done");
      const side = samples[name]?.tenant ?? "shop";
      const holder = scope === "platform" ? operator() : memberOf(side, "owner");
      const narrowed = (list: readonly Permission[]): Member => ({ ...holder, permissions: new Set(list) });
      const other: Permission = permission === "usage.read" ? "self.read" : "usage.read";
      expect(await outcomeOf(createOperationFixture(), name, narrowed([other]))).toBe("LK-2014");
      expect(await outcomeOf(createOperationFixture(), name, narrowed([]))).toBe("LK-2014");
      expect(await outcomeOf(createOperationFixture(), name, narrowed([permission]))).toBe("done");
    },
  );
});

describe("members of several tenants", () => {
  const both = (first: string, second: string): Member => ({
    ...memberOf(first, "owner", "both"),
    roles: new Map([first, second].map((tenant) => [tenant, new Set<Role>(["owner"])])),
  });
  const byId = operations.filter(({ path }) => path.startsWith("/tenants/{tenant}") && path.includes("{id}"));

  test.each(byId.map(({ name }) => [name]))(
    "%s finds nothing of one tenant below the path of another",
    async (name) => {
      const sample = samples[name];
      const side = sample?.tenant ?? "shop";
      for (const member of [both(side, "bank"), operator()]) {
        const fixture = createOperationFixture();
        const request = (await sample?.make(fixture, member)) ?? {};
        const elsewhere = { ...request, params: { ...request.params, tenant: "bank" } };
        const before = await stateOf(fixture);
        await expect(fixture.run(name, member, elsewhere)).rejects.toMatchObject({
          code: "LK-2020",
          message: "There is no such thing, or it is not yours to see.",
        });
        expect(await stateOf(fixture)).toBe(before);
      }
    },
  );

  const ofTenant = operations.filter(({ scope }) => scope === "tenant");
  test.each(ofTenant.map(({ name }) => [name]))(
    "%s: an operator finds no tenant that is not there",
    async (name) => {
      const fixture = createOperationFixture();
      const request = (await samples[name]?.make(fixture, operator())) ?? {};
      const elsewhere = { ...request, params: { ...request.params, tenant: "__proto__" } };
      await expect(fixture.run(name, operator(), elsewhere)).rejects.toMatchObject({ code: "LK-2020" });
    },
  );
});
