import { describe, expect, test } from "bun:test";
import type { Member } from "../../../src/admin/identity/member.ts";
import { inspectKey } from "../../../src/admin/keys/inspect-key.ts";
import { issueKey } from "../../../src/admin/keys/issue-key.ts";
import { getKey, listKeys } from "../../../src/admin/keys/list-keys.ts";
import { revokeKey } from "../../../src/admin/keys/revoke-key.ts";
import { rotateKey } from "../../../src/admin/keys/rotate-key.ts";
import { updateKey } from "../../../src/admin/keys/update-key.ts";
import { may, type Permission, type Role, rolePermissions } from "../../../src/admin/permissions.ts";
import { createAdminFixture, memberOf, operator, refusalOf } from "../support/admin-fixture.ts";

const wanted = {
  tenant: "shop",
  app: "checkout",
  name: "nightly",
  environment: "live",
  expiresAtMs: null,
  scope: { services: null, models: null, endpoints: null, backends: null, methods: null, readOnly: false },
  networks: null,
  requestsPerMinute: null,
};

/** Two tenants with applications and keys of the same names. */
async function start() {
  const { parts } = createAdminFixture({ records: "memory" });
  const { text, key } = await issueKey(parts, memberOf("shop", "owner"), wanted, null);
  await issueKey(parts, memberOf("bank", "owner"), { ...wanted, tenant: "bank" }, null);
  return { parts, text, id: key.id };
}

type Started = Awaited<ReturnType<typeof start>>;
type Call = (started: Started, member: Member) => unknown;

const operations: readonly (readonly [name: string, permission: Permission, call: Call])[] = [
  [
    "issue",
    "key.create",
    ({ parts }, member) => issueKey(parts, member, { ...wanted, name: "hourly" }, null),
  ],
  ["get", "key.read", ({ parts, id }, member) => getKey(parts, member, id)],
  [
    "get of a declared one",
    "key.read",
    ({ parts }, member) => getKey(parts, member, "shop/checkout/production"),
  ],
  ["list", "key.read", ({ parts }, member) => listKeys(parts, member, { tenant: "shop", limit: 10 })],
  ["rotate", "key.rotate", ({ parts, id }, member) => rotateKey(parts, member, { id, overlapMs: 0 }, null)],
  ["revoke", "key.revoke", ({ parts, id }, member) => revokeKey(parts, member, { id }, null)],
  ["update", "key.rotate", ({ parts, id }, member) => updateKey(parts, member, { id, name: "x" }, null)],
];

const outcome = async (call: () => unknown): Promise<string> => {
  try {
    await call();
    return "done";
  } catch (error) {
    return String((error as { readonly code?: unknown }).code);
  }
};

const roles = Object.keys(rolePermissions) as Role[];
const cases = operations.flatMap(([name, permission, call]) =>
  ["shop", "bank", "platform"].flatMap((tenant) =>
    roles.map((role) => [name, role, tenant, permission, call] as const),
  ),
);

describe("who may do what with a key", () => {
  test.each(cases)("%s by %s of %s", async (_, role, tenant, permission, call) => {
    const started = await start();
    const member = memberOf(tenant, role);
    const expected = tenant !== "shop" ? "LK-2020" : may(member, permission, "shop") ? "done" : "LK-2014";
    const before = JSON.stringify(await started.parts.records.list({ kind: "key", limit: 9 }));
    expect(await outcome(() => call(started, member))).toBe(expected);
    const after = JSON.stringify(await started.parts.records.list({ kind: "key", limit: 9 }));
    if (expected !== "done") expect(after).toBe(before);
  });

  test.each(operations)(
    "%s by operators, and with tokens for something else",
    async (_, permission, call) => {
      expect(await outcome(async () => call(await start(), operator()))).toBe("done");
      for (const member of [operator(), memberOf("shop", "owner")]) {
        const narrowed = { ...member, permissions: new Set<Permission>(["audit.read"]) };
        expect(await outcome(async () => call(await start(), narrowed))).toBe("LK-2014");
        const enough = { ...member, permissions: new Set<Permission>([permission]) };
        expect(await outcome(async () => call(await start(), enough))).toBe("done");
      }
    },
  );

  test("strangers get the same words for what is another's and for what does not exist", async () => {
    const { parts, id, text } = await start();
    const stranger = memberOf("bank", "owner");
    for (const call of [
      (one: string) => getKey(parts, stranger, one),
      (one: string) => rotateKey(parts, stranger, { id: one, overlapMs: 0, version: 9 }, null),
      (one: string) => revokeKey(parts, stranger, { id: one, version: 9 }, null),
      (one: string) => updateKey(parts, stranger, { id: one, name: "x" }, null),
    ]) {
      const missing = await refusalOf(() => call("000000000000"));
      expect(missing.code).toBe("LK-2020");
      for (const one of [id, "shop/checkout/production", "__proto__", "shop", ""]) {
        expect(await refusalOf(() => call(one))).toEqual(missing);
      }
    }
    const { code } = await refusalOf(() => inspectKey(parts, stranger, text));
    expect(code).toBe("LK-2020");
    const keys = await listKeys(parts, stranger, { tenant: "bank", limit: 10 });
    expect(keys.keys.map(({ tenant, app, name }) => [tenant, app, name])).toEqual([
      ["bank", "checkout", "nightly"],
    ]);
  });

  test("a key for an application of another tenant is refused as for one that does not exist", async () => {
    const { parts } = await start();
    const member = memberOf("shop", "owner");
    for (const change of [{ app: "own" }, { app: "nothing" }, { tenant: "bank" }, { tenant: "nobody" }]) {
      expect((await refusalOf(() => issueKey(parts, member, { ...wanted, ...change }, null))).code).toBe(
        "LK-2020",
      );
    }
  });
});
