import { describe, expect, test } from "bun:test";
import {
  createAccessToken,
  listAccessTokens,
  type NewAccessToken,
  revokeAccessToken,
} from "../../../src/admin/identity/access-tokens.ts";
import { actorOf, localMember } from "../../../src/admin/identity/member.ts";
import { may } from "../../../src/admin/permissions.ts";
import { generateAccessToken } from "../../../src/kernel/access-token.ts";
import { codeOf, createIdentityFixture, identityRequest, signInAs } from "../../support/identity-fixture.ts";

const plain: NewAccessToken = { name: "ci", permissions: null, expiresAtMs: null };

async function adaWithToken(wanted: Partial<NewAccessToken> = {}) {
  const fixture = createIdentityFixture();
  const { cookie } = await signInAs(fixture, "ada@example.com");
  const ada = await fixture.identity.authenticate(identityRequest("GET", "/admin/v1/me", { cookie }));
  const made = await createAccessToken(fixture.parts, ada, { ...plain, ...wanted }, "192.0.2.7");
  const call = (authorization: string, method = "GET") =>
    fixture.identity.authenticate(identityRequest(method, "/admin/v1/me", { authorization }));
  return { ...fixture, ada, ...made, call };
}

describe("an access token", () => {
  test("speaks for its member, also in writes and without a CSRF token", async () => {
    const { call, text } = await adaWithToken();
    const member = await call(`Bearer ${text}`, "POST");
    expect(member).toMatchObject({ address: "ada@example.com", means: "token", csrf: null });
    expect(may(member, "key.create", "shop")).toBe(true);
    expect(actorOf(member, "192.0.2.7")).toMatchObject({ kind: "token", address: "192.0.2.7" });
  });

  test("whoever runs the machine is named as the operating system does", () => {
    const named = actorOf(localMember("ada"), "127.0.0.1");
    expect(named).toEqual({ kind: "person", id: "local (ada)", address: null });
    expect(actorOf(localMember(), null)).toEqual({ kind: "person", id: "local", address: null });
  });

  test("is nowhere at rest and in no audit entry", async () => {
    const { parts, text } = await adaWithToken();
    const kept = [
      await parts.records.list({ kind: "api-token", limit: 9 }),
      await parts.records.listAudit({ limit: 9 }),
    ];
    expect(JSON.stringify(kept)).not.toContain(text.slice(17));
    expect(JSON.stringify(kept)).toContain("token.create");
  });

  test("expires at its millisecond", async () => {
    const { call, text, clock } = await adaWithToken({ expiresAtMs: 1_800_000_000_000 + 60_000 });
    clock.advance(59_999);
    await call(`Bearer ${text}`);
    clock.advance(1);
    expect(await codeOf(call(`Bearer ${text}`))).toBe("LK-2015");
  });

  test("is refused from the moment it is revoked, which only its member can do", async () => {
    const { parts, call, text, record, ada } = await adaWithToken();
    expect(await revokeAccessToken(parts, { ...ada, address: "bob@example.com" }, record.id, null)).toBe(
      false,
    );
    expect((await listAccessTokens(parts, "ada@example.com")).map(({ id }) => id)).toEqual([record.id]);
    expect(await listAccessTokens(parts, "bob@example.com")).toEqual([]);
    expect(await revokeAccessToken(parts, ada, record.id, null)).toBe(true);
    expect(await codeOf(call(`Bearer ${text}`))).toBe("LK-2015");
  });

  test("of somebody who lost every role is refused", async () => {
    const { call, text, deploy } = await adaWithToken();
    deploy({ tenants: [] });
    expect(await codeOf(call(`Bearer ${text}`))).toBe("LK-2015");
  });

  test("that is narrowed allows nothing else; to no permission, nothing at all", async () => {
    const narrow = await adaWithToken({ permissions: ["key.read"] });
    const member = await narrow.call(`Bearer ${narrow.text}`);
    expect([may(member, "key.read", "shop"), may(member, "key.create", "shop")]).toEqual([true, false]);
    const none = await adaWithToken({ permissions: [] });
    expect(may(await none.call(`Bearer ${none.text}`), "key.read", "shop")).toBe(false);
  });

  test("that is narrowed makes no wider one", async () => {
    const { parts, call, text } = await adaWithToken({ permissions: ["token.create", "key.read"] });
    const member = await call(`Bearer ${text}`);
    const wider = createAccessToken(parts, member, { ...plain, permissions: ["key.create"] }, null);
    expect(await codeOf(wider)).toBe("LK-2014");
    const same = await createAccessToken(parts, member, plain, null);
    expect([...(same.record.body.permissions ?? [])].sort()).toEqual(["key.read", "token.create"]);
  });

  test.each([
    ["name", { name: "" }],
    ["name", { name: "x".repeat(101) }],
    ["permissions[1]", { permissions: ["key.read", "__proto__"] }],
    ["expiresAtMs", { expiresAtMs: 1 }],
    ["expiresAtMs", { expiresAtMs: Number.NaN }],
    ["expiresAtMs", { expiresAtMs: 1e300 }],
  ])("with a wrong %s is not made", async (param, wanted) => {
    const { parts } = createIdentityFixture();
    const call = createAccessToken(parts, localMember(), { ...plain, ...wanted }, null);
    await expect(call).rejects.toMatchObject({ code: "LK-2102", param });
  });

  test("is one of a hundred at most", async () => {
    const { parts, ada } = await adaWithToken();
    for (let count = 1; count < 100; count++) await createAccessToken(parts, ada, plain, null);
    expect(await codeOf(createAccessToken(parts, ada, plain, null))).toBe("LK-2021");
  });

  test("that is forged is refused: the right id with another secret, other schemes, two at once", async () => {
    const { call, text, record } = await adaWithToken();
    const stranger = generateAccessToken().text;
    for (const value of [
      `Bearer ${stranger}`,
      `Bearer ${text.slice(0, -1)}`,
      `Bearer ${record.body.digest}`,
      `Basic ${text}`,
      text,
      `Bearer ${text}, Bearer ${text}`,
      "Bearer",
      "",
    ]) {
      expect(await codeOf(call(value))).toBe("LK-2015");
    }
  });

  test("with the public id of another and a checksum of its own is refused", async () => {
    const { call, text, parts } = await adaWithToken();
    const { checksum } = await import("../../../src/kernel/checked-text.ts");
    const body = `${text.slice(0, 17)}${"A".repeat(43)}`;
    expect(await codeOf(call(`Bearer ${body}${checksum(body)}`))).toBe("LK-2015");
    expect(await parts.records.count({ kind: "api-token" })).toBe(1);
  });
});
