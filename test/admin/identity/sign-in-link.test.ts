import { describe, expect, test } from "bun:test";
import { makeSignInLink } from "../../../src/admin/identity/sign-in-link.ts";
import {
  codeOf,
  cookieOf,
  createIdentityFixture,
  headerOf,
  type IdentityFixture,
  identityRequest,
  ORIGIN,
} from "../../support/identity-fixture.ts";

const browser = { origin: ORIGIN, "sec-fetch-site": "same-origin" };

async function linkFor(fixture: IdentityFixture, address = "ada@example.com"): Promise<string> {
  const link = await makeSignInLink(fixture.parts, address, `${ORIGIN}/`);
  expect(link).toStartWith(`${ORIGIN}/admin/sign-in/link?token=`);
  return new URL(link).searchParams.get("token") ?? "";
}

const press = (
  { identity }: IdentityFixture,
  token: string,
  headers: Readonly<Record<string, string>> = browser,
) => identity.handleSignIn(identityRequest("POST", "/admin/sign-in/link", headers, `token=${token}`));

describe("a sign-in link", () => {
  test("leads to a page whose button signs in", async () => {
    const fixture = createIdentityFixture();
    const token = await linkFor(fixture, "ADA@example.com");
    const page = await fixture.identity.handleSignIn(
      identityRequest("GET", `/admin/sign-in/link?token=${token}`),
    );
    expect(page.body).toContain(token);
    expect(headerOf(page, "content-security-policy")).toContain("default-src 'none'");
    const reply = await press(fixture, token);
    expect([reply.status, headerOf(reply, "location")]).toEqual([303, `${ORIGIN}/portal`]);
    const cookie = `__Host-latchkey=${cookieOf(reply, "__Host-latchkey")}`;
    const member = await fixture.identity.authenticate(identityRequest("GET", "/admin/v1/me", { cookie }));
    expect(member.address).toBe("ada@example.com");
    expect(headerOf(reply, "set-cookie")).toMatch(
      /; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure$/,
    );
  });

  test("is not used up by those who only look at it", async () => {
    const fixture = createIdentityFixture();
    const token = await linkFor(fixture);
    for (let count = 0; count < 3; count++) {
      await fixture.identity.handleSignIn(identityRequest("GET", `/admin/sign-in/link?token=${token}`));
    }
    expect((await press(fixture, token)).status).toBe(303);
  });

  test("works once, even for two at the same time", async () => {
    const fixture = createIdentityFixture();
    const token = await linkFor(fixture);
    const both = await Promise.allSettled([press(fixture, token), press(fixture, token)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await codeOf(press(fixture, token))).toBe("LK-2024");
  });

  test("works for 10 minutes", async () => {
    const fixture = createIdentityFixture();
    const token = await linkFor(fixture);
    fixture.clock.advance(600_000);
    expect(await codeOf(press(fixture, token))).toBe("LK-2024");
  });

  test("is nowhere at rest", async () => {
    const fixture = createIdentityFixture();
    const token = await linkFor(fixture);
    const { records } = fixture.parts;
    const kept = [
      await records.list({ kind: "sign-in-link", limit: 9 }),
      await records.listAudit({ limit: 9 }),
    ];
    expect(JSON.stringify(kept)).toContain("sign-in-link.make");
    expect(JSON.stringify(kept)).not.toContain(token);
  });

  test("is not made for strangers, nor where links are turned off", async () => {
    const fixture = createIdentityFixture();
    for (const address of ["eve@example.com", "", "ada", "ada@example.com\r\n", "\u212Aate@example.com"]) {
      await expect(makeSignInLink(fixture.parts, address, ORIGIN)).rejects.toMatchObject({
        code: "LK-2102",
        param: "address",
      });
    }
    const token = await linkFor(fixture);
    fixture.deploy({ signIn: { ...fixture.parts.settings().signIn, link: false } });
    expect(await codeOf(press(fixture, token))).toBe("LK-2024");
    expect(await codeOf(makeSignInLink(fixture.parts, "ada@example.com", ORIGIN))).toBe("LK-2021");
  });

  test("is made for operators as well", async () => {
    const fixture = createIdentityFixture();
    const reply = await press(fixture, await linkFor(fixture, "root@example.com"));
    const cookie = `__Host-latchkey=${cookieOf(reply, "__Host-latchkey")}`;
    const member = await fixture.identity.authenticate(identityRequest("GET", "/admin/v1/me", { cookie }));
    expect(member.isOperator).toBe(true);
  });

  test("cannot be pressed by another site, which would sign a browser in as somebody else", async () => {
    const fixture = createIdentityFixture();
    const token = await linkFor(fixture);
    expect(await codeOf(press(fixture, token, { origin: "https://evil.example" }))).toBe("LK-2019");
    expect(await codeOf(press(fixture, token, { "sec-fetch-site": "cross-site" }))).toBe("LK-2019");
    expect(await codeOf(press(fixture, token, {}))).toBe("LK-2019");
    expect((await press(fixture, token)).status).toBe(303);
  });

  test("writes nothing of what it is given into the page as HTML", async () => {
    const fixture = createIdentityFixture();
    const query = `token=${encodeURIComponent(`"><script>alert(1)</script>`)}`;
    const page = await fixture.identity.handleSignIn(identityRequest("GET", `/admin/sign-in/link?${query}`));
    expect(page.body).not.toContain("<script");
  });

  test("over plain http sets cookies without the prefix that needs https", async () => {
    const fixture = createIdentityFixture({ publicUrl: null });
    const token = await linkFor(fixture);
    const headers = { host: "localhost:8080", origin: "http://localhost:8080" };
    const reply = await press(fixture, token, headers);
    expect(headerOf(reply, "location")).toBe("http://localhost:8080/portal");
    expect(headerOf(reply, "set-cookie")).toMatch(
      /^latchkey=[0-9A-Za-z]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/,
    );
  });

  test("cannot be guessed for long", async () => {
    const fixture = createIdentityFixture();
    for (let count = 0; count < 30; count++)
      expect(await codeOf(press(fixture, "A".repeat(43)))).toBe("LK-2024");
    await expect(press(fixture, "A".repeat(43))).rejects.toMatchObject({ code: "LK-2018", retryAfterS: 20 });
    fixture.clock.advance(20_000);
    expect(await codeOf(press(fixture, "A".repeat(43)))).toBe("LK-2024");
  });
});

describe("signing out", () => {
  test("ends the session and drops its cookie", async () => {
    const fixture = createIdentityFixture();
    const signedIn = await press(fixture, await linkFor(fixture));
    const cookie = `__Host-latchkey=${cookieOf(signedIn, "__Host-latchkey")}`;
    const { csrf } = await fixture.identity.authenticate(identityRequest("GET", "/admin/v1/me", { cookie }));
    const out = (headers: Readonly<Record<string, string>>) =>
      fixture.identity.handleSignIn(
        identityRequest("POST", "/admin/sign-in/sign-out", { cookie, ...headers }),
      );
    expect(await codeOf(out(browser))).toBe("LK-2019");
    expect(await codeOf(out({ "x-csrf-token": csrf ?? "", origin: "https://evil.example" }))).toBe("LK-2019");
    const reply = await out({ ...browser, "x-csrf-token": csrf ?? "" });
    expect(reply.status).toBe(204);
    expect(headerOf(reply, "set-cookie")).toStartWith("__Host-latchkey=; Path=/; Max-Age=0");
    expect(await codeOf(out({ ...browser, "x-csrf-token": csrf ?? "" }))).toBe("LK-2015");
  });
});
