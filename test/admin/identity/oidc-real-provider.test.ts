import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import {
  codeOf,
  cookieOf,
  createIdentityFixture,
  headerOf,
  identityRequest,
  identitySettings,
  ORIGIN,
  oidcSettings,
} from "../../support/identity-fixture.ts";
import { type OidcProviderFixture, startOidcProvider } from "../../support/oidc-provider-fixture.ts";

setDefaultTimeout(30_000);

const REDIRECT = `${ORIGIN}/admin/sign-in/callback/work`;
let provider: OidcProviderFixture;

beforeAll(async () => {
  provider = await startOidcProvider(REDIRECT, "client-secret-of-32-characters-000", {
    ada: { email: "Ada@Example.com", email_verified: true, groups: [] },
    carl: { email: "carl@example.com", email_verified: true, groups: ["staff", "other"] },
    eve: { email: "ada@example.com", email_verified: false, groups: ["staff"] },
    mallory: { email: "mallory@elsewhere.example", email_verified: true, groups: [] },
  });
});
afterAll(() => provider.stop());

function fixtureAt(change: Parameters<typeof oidcSettings>[1] = {}) {
  const oidc = [oidcSettings(provider.issuer, change)];
  return createIdentityFixture({ signIn: { ...identitySettings.signIn, oidc } }, Date.now());
}

async function goThere(fixture: ReturnType<typeof fixtureAt>, login: string, target = "") {
  const begun = await fixture.identity.handleSignIn(
    identityRequest("GET", `/admin/sign-in/start?provider=work${target}`),
  );
  const back = await provider.signIn(headerOf(begun, "location") ?? "", login);
  const cookie = `__Host-latchkey-sign-in=${cookieOf(begun, "__Host-latchkey-sign-in")}`;
  return { back, cookie };
}

async function signIn(fixture: ReturnType<typeof fixtureAt>, login: string, target = "") {
  const { back, cookie } = await goThere(fixture, login, target);
  expect(back.origin + back.pathname).toBe(REDIRECT);
  return fixture.identity.handleSignIn(identityRequest("GET", back.pathname + back.search, { cookie }));
}

describe("signing in at a real OpenID provider", () => {
  test("makes a member of the config's address a session, and leads back to where it began", async () => {
    const fixture = fixtureAt();
    const reply = await signIn(fixture, "ada", "&returnTo=%2Fportal%2Fservices%3Fq%3D1");
    expect([reply.status, headerOf(reply, "location")]).toEqual([303, `${ORIGIN}/portal/services?q=1`]);
    expect(cookieOf(reply, "__Host-latchkey-sign-in")).toBe("");
    const cookie = `__Host-latchkey=${cookieOf(reply, "__Host-latchkey")}`;
    const member = await fixture.identity.authenticate(identityRequest("GET", "/admin/v1/me", { cookie }));
    expect(member.address).toBe("ada@example.com");
    expect([...member.roles]).toEqual([["shop", new Set(["owner"])]]);
  });

  test("gives the roles of groups", async () => {
    const fixture = fixtureAt();
    const reply = await signIn(fixture, "carl");
    const cookie = `__Host-latchkey=${cookieOf(reply, "__Host-latchkey")}`;
    const member = await fixture.identity.authenticate(identityRequest("GET", "/admin/v1/me", { cookie }));
    expect(member.groups).toEqual(["staff", "other"]);
    expect([...member.roles]).toEqual([["shop", new Set(["developer"])]]);
  });

  test("refuses an address that is not verified, even a member's", async () => {
    expect(await codeOf(signIn(fixtureAt(), "eve"))).toBe("LK-2024");
  });

  test("refuses somebody without a role, and addresses of other domains", async () => {
    expect(await codeOf(signIn(fixtureAt(), "mallory"))).toBe("LK-2014");
    expect(await codeOf(signIn(fixtureAt({ allowedDomains: ["example.org"] }), "ada"))).toBe("LK-2024");
    expect((await signIn(fixtureAt({ allowedDomains: ["example.com"] }), "ada")).status).toBe(303);
  });

  test("takes an answer once", async () => {
    const fixture = fixtureAt();
    const { back, cookie } = await goThere(fixture, "ada");
    const call = () =>
      fixture.identity.handleSignIn(identityRequest("GET", back.pathname + back.search, { cookie }));
    expect((await call()).status).toBe(303);
    expect(await codeOf(call())).toBe("LK-2024");
  });

  test("does not take one browser's answer from another", async () => {
    const fixture = fixtureAt();
    const mine = await goThere(fixture, "ada");
    const others = await goThere(fixture, "carl");
    const request = identityRequest("GET", mine.back.pathname + mine.back.search, { cookie: others.cookie });
    expect(await codeOf(fixture.identity.handleSignIn(request))).toBe("LK-2024");
  });

  test("does not take a code that was made for another sign-in: PKCE holds it to its own", async () => {
    const fixture = fixtureAt();
    const mine = await goThere(fixture, "ada");
    const others = await goThere(fixture, "carl");
    mine.back.searchParams.set("code", others.back.searchParams.get("code") ?? "");
    const request = identityRequest("GET", mine.back.pathname + mine.back.search, { cookie: mine.cookie });
    expect(await codeOf(fixture.identity.handleSignIn(request))).toBe("LK-2024");
  });
});
