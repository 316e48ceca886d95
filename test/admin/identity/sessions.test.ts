import { describe, expect, test } from "bun:test";
import { createAccessToken } from "../../../src/admin/identity/access-tokens.ts";
import { removeExpiredIdentity } from "../../../src/admin/identity/remove-expired.ts";
import { endSession, listSessions, startSession } from "../../../src/admin/identity/sessions.ts";
import {
  codeOf,
  createIdentityFixture,
  identityRequest,
  ORIGIN,
  signInAs,
} from "../../support/identity-fixture.ts";

const me = (cookie: string, headers: Readonly<Record<string, string>> = {}) =>
  identityRequest("GET", "/admin/v1/me", { cookie, ...headers });

describe("a session", () => {
  test("says who calls, with the roles of the artifact", async () => {
    const fixture = createIdentityFixture();
    const { cookie } = await signInAs(fixture, "ada@example.com");
    const member = await fixture.identity.authenticate(me(cookie));
    expect(member).toMatchObject({ address: "ada@example.com", means: "session", isOperator: false });
    expect([...member.roles]).toEqual([["shop", new Set(["owner"])]]);
  });

  test("follows the artifact: a new role counts at once, and so does the loss of the last one", async () => {
    const fixture = createIdentityFixture();
    const { cookie } = await signInAs(fixture, "ada@example.com");
    fixture.deploy({ tenants: [{ name: "bank", members: [["ada@example.com", "viewer"]], groups: [] }] });
    expect([...(await fixture.identity.authenticate(me(cookie))).roles.keys()]).toEqual(["bank"]);
    fixture.deploy({ tenants: [] });
    expect(await codeOf(fixture.identity.authenticate(me(cookie)))).toBe("LK-2015");
  });

  test("ends when it is not used, and is prolonged by use", async () => {
    const fixture = createIdentityFixture();
    const { cookie } = await signInAs(fixture, "ada@example.com");
    for (let round = 0; round < 5; round++) {
      fixture.clock.advance(3_000_000);
      await fixture.identity.authenticate(me(cookie));
    }
    fixture.clock.advance(3_600_000);
    expect(await codeOf(fixture.identity.authenticate(me(cookie)))).toBe("LK-2015");
  });

  test("ends after its time however much it is used", async () => {
    const fixture = createIdentityFixture();
    const { cookie } = await signInAs(fixture, "ada@example.com");
    for (let round = 0; round < 23; round++) {
      fixture.clock.advance(1_800_000);
      await fixture.identity.authenticate(me(cookie));
    }
    fixture.clock.advance(1_800_000);
    expect(await codeOf(fixture.identity.authenticate(me(cookie)))).toBe("LK-2015");
  });

  test("is nowhere at rest: neither records nor audit log hold the cookie's text", async () => {
    const fixture = createIdentityFixture();
    const { cookie } = await signInAs(fixture, "ada@example.com");
    const records = await fixture.parts.records.list({ kind: "session", limit: 10 });
    const audit = await fixture.parts.records.listAudit({ limit: 10 });
    expect(audit.map(({ action }) => action)).toEqual(["session.start"]);
    expect(JSON.stringify([records, audit])).not.toContain(cookie.split("=")[1] ?? "");
    expect(JSON.stringify(audit)).not.toContain(records.records[0]?.body.csrf ?? "?");
  });

  test("that is ended is refused at once, and only its member can end it", async () => {
    const fixture = createIdentityFixture();
    const { cookie, session } = await signInAs(fixture, "ada@example.com");
    expect(await endSession(fixture.parts, "bob@example.com", session, null)).toBe(false);
    await fixture.identity.authenticate(me(cookie));
    expect(await endSession(fixture.parts, "ada@example.com", session, null)).toBe(true);
    expect(await codeOf(fixture.identity.authenticate(me(cookie)))).toBe("LK-2015");
    expect(await endSession(fixture.parts, "ada@example.com", session, null)).toBe(false);
  });

  test("is listed to its member alone, while it lives", async () => {
    const fixture = createIdentityFixture();
    const { session } = await signInAs(fixture, "ada@example.com");
    await signInAs(fixture, "bob@example.com");
    expect((await listSessions(fixture.parts, "ada@example.com")).map(({ id }) => id)).toEqual([session]);
    fixture.clock.advance(3_600_000);
    expect(await listSessions(fixture.parts, "ada@example.com")).toEqual([]);
    expect(await removeExpiredIdentity(fixture.parts)).toBe(2);
    expect(await fixture.parts.records.count({ kind: "session" })).toBe(0);
  });

  test("is forgotten once it is over, and so are access tokens, 30 days after their end", async () => {
    const fixture = createIdentityFixture();
    const { cookie } = await signInAs(fixture, "ada@example.com");
    const ada = await fixture.identity.authenticate(me(cookie));
    const expiresAtMs = fixture.clock.now() + 1_000;
    await createAccessToken(fixture.parts, ada, { name: "ci", permissions: null, expiresAtMs }, null);
    fixture.clock.advance(30 * 86_400_000);
    await removeExpiredIdentity(fixture.parts);
    expect(await fixture.parts.records.count({ kind: "api-token" })).toBe(1);
    fixture.clock.advance(1_000);
    await removeExpiredIdentity(fixture.parts);
    expect(await fixture.parts.records.count({ kind: "api-token" })).toBe(0);
  });
});

describe("attacks on sessions", () => {
  test("a session that was planted before the sign-in is worth nothing after it", async () => {
    const fixture = createIdentityFixture();
    const planted = await startSession(
      fixture.parts,
      { member: "bob@example.com", means: "link", groups: [], address: "192.0.2.66" },
      undefined,
    );
    const mine = await startSession(
      fixture.parts,
      { member: "ada@example.com", means: "link", groups: [], address: "192.0.2.7" },
      planted,
    );
    expect(mine).not.toBe(planted);
    expect(await codeOf(fixture.identity.authenticate(me(`__Host-latchkey=${planted}`)))).toBe("LK-2015");
    expect((await fixture.identity.authenticate(me(`__Host-latchkey=${mine}`))).address).toBe(
      "ada@example.com",
    );
  });

  test("forged cookies are refused: guesses, ids, digests, texts of SQL and endless ones", async () => {
    const fixture = createIdentityFixture();
    const { session } = await signInAs(fixture, "ada@example.com");
    const record = await fixture.parts.records.get("session", session);
    const forged = [
      "",
      "A".repeat(43),
      session,
      record?.body.digest ?? "",
      "' OR 1=1 --",
      "%",
      "x".repeat(100_000),
    ];
    for (const text of forged) {
      expect(await codeOf(fixture.identity.authenticate(me(`__Host-latchkey=${text}`)))).toBe("LK-2015");
    }
  });

  test("a cookie that occurs twice, or without the prefix that only this host can set, is not taken", async () => {
    const fixture = createIdentityFixture();
    const { cookie } = await signInAs(fixture, "ada@example.com");
    expect(await codeOf(fixture.identity.authenticate(me(`${cookie}; ${cookie}x`)))).toBe("LK-2015");
    expect(await codeOf(fixture.identity.authenticate(me(cookie.replace("__Host-", ""))))).toBe("LK-2015");
  });

  test("a wrong bearer token is not made good by a cookie", async () => {
    const fixture = createIdentityFixture();
    const { cookie } = await signInAs(fixture, "ada@example.com");
    const request = me(cookie, { authorization: "Bearer lkt_nonsense" });
    expect(await codeOf(fixture.identity.authenticate(request))).toBe("LK-2015");
  });

  const right = { origin: ORIGIN, "sec-fetch-site": "same-origin" };
  const { origin: _, ...withoutOrigin } = right;

  test.each([
    ["no token", right, false],
    ["another site's origin", { ...right, origin: "https://evil.example" }, true],
    ["a name that begins like ours", { ...right, origin: `${ORIGIN}.evil.example` }, true],
    ["our name on another port", { ...right, origin: `${ORIGIN}:8443` }, true],
    ["our name without https", { ...right, origin: "http://gateway.example" }, true],
    ["an opaque origin", { ...right, origin: "null" }, true],
    ["a cross-site fetch", { ...right, "sec-fetch-site": "cross-site" }, true],
    ["a neighbour below the same domain", { ...withoutOrigin, "sec-fetch-site": "same-site" }, true],
    ["neither of the browser's headers", {}, true],
  ])("a write with %s is refused", async (_name, headers: Readonly<Record<string, string>>, withToken) => {
    const fixture = createIdentityFixture();
    const { cookie, csrf } = await signInAs(fixture, "ada@example.com");
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "post", "PURGE"]) {
      const token: Readonly<Record<string, string>> = withToken ? { "x-csrf-token": csrf } : {};
      const request = identityRequest(method, "/admin/v1/x", { cookie, ...headers, ...token });
      expect(await codeOf(fixture.identity.authenticate(request))).toBe("LK-2019");
    }
  });

  test("a write with another session's token is refused, with its own it is not", async () => {
    const fixture = createIdentityFixture();
    const { cookie, csrf } = await signInAs(fixture, "ada@example.com");
    const other = await signInAs(fixture, "ada@example.com");
    const write = (token: string) =>
      fixture.identity.authenticate(
        identityRequest("POST", "/admin/v1/x", { cookie, ...right, "x-csrf-token": token }),
      );
    expect(await codeOf(write(other.csrf))).toBe("LK-2019");
    expect((await write(csrf)).address).toBe("ada@example.com");
  });
});

describe("a gateway without a public address", () => {
  const localFixture = () => createIdentityFixture({ publicUrl: null });
  const request = (host: string, headers: Readonly<Record<string, string>> = {}) =>
    identityRequest("GET", "/admin/sign-in", { host, ...headers });

  test.each(["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST"])(
    "is used as %s",
    async (host) => {
      expect((await localFixture().identity.handleSignIn(request(host))).status).toBe(200);
    },
  );

  test.each(["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "localhost:80@evil.example", ""])(
    "is not used as %p, whatever other headers say",
    async (host) => {
      const headers = { "x-forwarded-host": "localhost", "x-original-url": "/", forwarded: "host=localhost" };
      expect(await codeOf(localFixture().identity.handleSignIn(request(host, headers)))).toBe("LK-2023");
    },
  );
});
