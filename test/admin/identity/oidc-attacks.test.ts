import { describe, expect, test } from "bun:test";
import { generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { createIdentity } from "../../../src/admin/identity/identity.ts";
import type { OidcSettings } from "../../../src/admin/identity/identity-settings.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
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
import { createLyingIssuer, type Lies } from "../../support/lying-issuer.ts";

const HONEST = "https://issuer.example";
const EVIL = "https://evil.example";

async function setUp(change: Partial<OidcSettings> = {}) {
  const base = createIdentityFixture();
  const honest = await createLyingIssuer(HONEST, base.clock.now);
  const evil = await createLyingIssuer(EVIL, base.clock.now);
  const oidc = [oidcSettings(HONEST, change), oidcSettings(EVIL, { name: "evil" })];
  base.deploy({ signIn: { ...identitySettings.signIn, oidc } });
  const identity = createIdentity({
    ...base.parts,
    call: (request) => (request.url.startsWith(EVIL) ? evil : honest).call(request),
  });
  const begin = async (provider = "work") => {
    const reply = await identity.handleSignIn(
      identityRequest("GET", `/admin/sign-in/start?provider=${provider}`),
    );
    const location = new URL(headerOf(reply, "location") ?? "");
    (provider === "evil" ? evil : honest).remember(location);
    const cookie = `__Host-latchkey-sign-in=${cookieOf(reply, "__Host-latchkey-sign-in")}`;
    return { location, cookie, state: location.searchParams.get("state") ?? "" };
  };
  const comeBack = (query: string, cookie: string, provider = "work") =>
    identity.handleSignIn(identityRequest("GET", `/admin/sign-in/callback/${provider}?${query}`, { cookie }));
  const iss = encodeURIComponent(HONEST);
  /** A whole sign-in at the honest issuer, which lies as told. */
  const signIn = async (lies: Lies = {}, more = `&iss=${iss}`) => {
    honest.lie(lies);
    const { cookie, state } = await begin();
    return comeBack(`code=c&state=${state}${more}`, cookie);
  };
  return { ...base, identity, honest, evil, begin, comeBack, signIn, iss };
}

const sign = async (claims: JWTPayload, alg = "ES256", kid = "key-1") =>
  new SignJWT(claims).setProtectedHeader({ alg, kid }).sign((await generateKeyPair(alg)).privateKey);

describe("an honest issuer", () => {
  test("signs a member in, asked with everything that protects the sign-in", async () => {
    const { begin, signIn, honest } = await setUp();
    const { location } = await begin();
    expect(location.origin + location.pathname).toBe(`${HONEST}/auth`);
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      response_type: "code",
      client_id: "latchkey",
      redirect_uri: `${ORIGIN}/admin/sign-in/callback/work`,
      scope: "openid email groups",
      code_challenge_method: "S256",
    });
    for (const name of ["state", "nonce", "code_challenge"]) {
      expect(location.searchParams.get(name)).toMatch(/^[\w-]{43}$/);
    }
    expect((await signIn()).status).toBe(303);
    const token = honest.requests.find(({ url }) => url.endsWith("/token"));
    expect(new URLSearchParams(token?.body).get("code_verifier")).toMatch(/^[0-9A-Za-z]{64}$/);
    expect(token?.headers["authorization"]).toStartWith("Basic ");
  });

  test("is sent the secret in the body where it takes it nowhere else", async () => {
    const { signIn, honest } = await setUp();
    await signIn({ metadata: { token_endpoint_auth_methods_supported: ["client_secret_post"] } });
    const token = honest.requests.find(({ url }) => url.endsWith("/token"));
    expect(new URLSearchParams(token?.body).get("client_secret")).toBe("client-secret-of-32-characters-000");
    expect(token?.headers["authorization"]).toBeUndefined();
  });

  test("may change its keys: a new one is looked for, but not for everyone who names one", async () => {
    const { signIn, honest, clock } = await setUp();
    const keyRequests = () => honest.requests.filter(({ url }) => url.endsWith("/jwks")).length;
    await signIn();
    await signIn();
    expect(keyRequests()).toBe(1);
    clock.advance(31_000);
    await honest.rotate();
    expect((await signIn()).status).toBe(303);
    expect(keyRequests()).toBe(2);
    for (let count = 0; count < 5; count++) {
      expect(await codeOf(signIn({ token: (claims) => sign(claims, "ES256", `unknown-${count}`) }))).toBe(
        "LK-2024",
      );
    }
    expect(keyRequests()).toBe(2);
  });

  test("may withdraw a key, which is not taken for long after that", async () => {
    const { signIn, honest, clock } = await setUp();
    const token = honest.signer();
    expect((await signIn({ token })).status).toBe(303);
    await honest.rotate();
    clock.advance(600_001);
    expect(await codeOf(signIn({ token }))).toBe("LK-2024");
    expect((await signIn()).status).toBe(303);
  });
});

const seconds = (fixture: { clock: { now: () => number } }) => Math.floor(fixture.clock.now() / 1000);

describe("ID tokens that are refused", () => {
  test.each<[string, Readonly<Record<string, unknown>>]>([
    ["for another audience", { aud: "somebody-else" }],
    ["for no audience", { aud: undefined }],
    ["for several audiences, naming no party", { aud: ["latchkey", "other"] }],
    ["for several audiences, naming another party", { aud: ["latchkey", "other"], azp: "other" }],
    ["for us, naming another party", { azp: "other" }],
    ["of another issuer", { iss: EVIL }],
    ["of an issuer that differs by a slash", { iss: `${HONEST}/` }],
    ["of no issuer", { iss: undefined }],
    ["with another nonce", { nonce: "A".repeat(43) }],
    ["without a nonce", { nonce: undefined }],
    ["with a nonce that is no text", { nonce: ["x"] }],
    ["without an end", { exp: undefined }],
    ["without a time", { iat: undefined }],
    ["without a subject", { sub: undefined }],
    ["with an empty subject", { sub: "" }],
    ["without an address", { email: undefined }],
    ["with several addresses", { email: ["ada@example.com"] }],
    ["with an address that is not verified", { email_verified: false }],
    ["with an address of which nobody says that it is verified", { email_verified: undefined }],
    ["with an address that is verified as 1", { email_verified: 1 }],
    ["with an address that lower case makes a member's", { email: "\u212Aate@example.com" }],
  ])("%s", async (_name, claims) => {
    const { signIn } = await setUp();
    expect(await codeOf(signIn({ claims }))).toBe("LK-2024");
    expect((await signIn()).status).toBe(303);
  });

  test("for their time, with a minute's difference between clocks", async () => {
    const fixture = await setUp();
    const now = seconds(fixture);
    const tokenWith = (claims: Readonly<Record<string, unknown>>) => fixture.signIn({ claims });
    expect((await tokenWith({ exp: now - 59 })).status).toBe(303);
    expect(await codeOf(tokenWith({ exp: now - 61 }))).toBe("LK-2024");
    expect((await tokenWith({ iat: now + 59 })).status).toBe(303);
    expect(await codeOf(tokenWith({ iat: now + 61 }))).toBe("LK-2024");
    expect(await codeOf(tokenWith({ iat: now - 3600, exp: now + 3600 }))).toBe("LK-2024");
    expect(await codeOf(tokenWith({ nbf: now + 61 }))).toBe("LK-2024");
  });

  test("not signed at all", async () => {
    const { signIn } = await setUp();
    expect(await codeOf(signIn({ token: (claims) => new UnsecuredJWT(claims).encode() }))).toBe("LK-2024");
  });

  test("signed by HMAC with what everybody can read: the public key, or the client's id", async () => {
    const { signIn, honest } = await setUp();
    const jwk = JSON.stringify(await honest.publicJwk());
    for (const secret of [jwk, "latchkey".repeat(4), "client-secret-of-32-characters-000"]) {
      const token = (claims: JWTPayload) =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: "HS256", kid: "key-1" })
          .sign(new TextEncoder().encode(secret));
      expect(await codeOf(signIn({ token }))).toBe("LK-2024");
    }
  });

  test("signed with a shared secret that the issuer published as a key", async () => {
    const { signIn } = await setUp();
    const secret = new TextEncoder().encode("s".repeat(32));
    const keys = [{ kty: "oct", k: secret.toBase64({ alphabet: "base64url" }), kid: "key-1", alg: "HS256" }];
    const token = (claims: JWTPayload) =>
      new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "key-1" }).sign(secret);
    const answers = { "/jwks": { status: 200, body: JSON.stringify({ keys }) } };
    expect(await codeOf(signIn({ token, answers }))).toBe("LK-2024");
  });

  test("signed by a stranger's key under a known name, or a key that they bring along", async () => {
    const { signIn } = await setUp();
    expect(await codeOf(signIn({ token: (claims) => sign(claims) }))).toBe("LK-2024");
    expect(await codeOf(signIn({ token: (claims) => sign(claims, "RS256") }))).toBe("LK-2024");
    const own = await generateKeyPair("ES256", { extractable: true });
    const { exportJWK } = await import("jose");
    const jwk = await exportJWK(own.publicKey);
    const token = (claims: JWTPayload) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: "ES256", kid: "key-1", jwk, jku: `${EVIL}/jwks` })
        .sign(own.privateKey);
    expect(await codeOf(signIn({ token }))).toBe("LK-2024");
  });

  test.each(["", "x", "a.b.c", "a.b", "....", "e30.e30.e30", "\u0000", "x".repeat(100_000)])(
    "that are none: %#",
    async (text) => {
      const { signIn } = await setUp();
      expect(await codeOf(signIn({ token: () => text }))).toBe("LK-2024");
    },
  );
});

describe("what comes back with the browser", () => {
  test("needs the state of a sign-in that this browser began", async () => {
    const { begin, comeBack, iss } = await setUp();
    const mine = await begin();
    const others = await begin();
    for (const query of [
      `code=c&iss=${iss}`,
      `code=c&state=&iss=${iss}`,
      `code=c&state=${"A".repeat(43)}&iss=${iss}`,
    ]) {
      expect(await codeOf(comeBack(query, mine.cookie))).toBe("LK-2024");
    }
    expect(await codeOf(comeBack(`code=c&state=${others.state}&iss=${iss}`, mine.cookie))).toBe("LK-2024");
    expect(await codeOf(comeBack(`code=c&state=${mine.state}&iss=${iss}`, ""))).toBe("LK-2024");
  });

  test("is used up by a failure too", async () => {
    const { begin, comeBack, iss, honest } = await setUp();
    const { cookie, state } = await begin();
    honest.lie({ claims: { nonce: "wrong" } });
    expect(await codeOf(comeBack(`code=c&state=${state}&iss=${iss}`, cookie))).toBe("LK-2024");
    honest.lie({});
    expect(await codeOf(comeBack(`code=c&state=${state}&iss=${iss}`, cookie))).toBe("LK-2024");
  });

  test("comes within 10 minutes", async () => {
    const { begin, comeBack, iss, clock } = await setUp();
    const { cookie, state } = await begin();
    clock.advance(600_000);
    expect(await codeOf(comeBack(`code=c&state=${state}&iss=${iss}`, cookie))).toBe("LK-2024");
  });

  test("has no parameter twice, and neither error nor nothing in place of a code", async () => {
    const { begin, comeBack, iss, honest } = await setUp();
    for (const more of ["code=a&code=b", "error=access_denied", "error=access_denied&code=c", ""]) {
      const { cookie, state } = await begin();
      expect(await codeOf(comeBack(`${more}&state=${state}&iss=${iss}`, cookie))).toBe("LK-2024");
      const again = await begin();
      expect(await codeOf(comeBack(`code=c&state=${again.state}&state=x&iss=${iss}`, again.cookie))).toBe(
        "LK-2024",
      );
    }
    expect(honest.requests.filter(({ url }) => url.endsWith("/token"))).toEqual([]);
  });
});

describe("mixing issuers up", () => {
  test("an answer that names another issuer, or none where it always names one, is refused before the code is used", async () => {
    const { signIn, honest } = await setUp();
    expect(await codeOf(signIn({}, `&iss=${encodeURIComponent(EVIL)}`))).toBe("LK-2024");
    expect(await codeOf(signIn({}, ""))).toBe("LK-2024");
    expect(honest.requests.filter(({ url }) => url.endsWith("/token"))).toEqual([]);
  });

  test("an issuer that does not name itself is taken as it is, unless it names another", async () => {
    const { signIn } = await setUp();
    const lies = { metadata: { authorization_response_iss_parameter_supported: undefined } };
    expect((await signIn(lies, "")).status).toBe(303);
    expect(await codeOf(signIn(lies, `&iss=${encodeURIComponent(EVIL)}`))).toBe("LK-2024");
  });

  test("a code of the honest issuer never reaches the other one", async () => {
    const { begin, comeBack, evil } = await setUp();
    const { cookie, state } = await begin();
    expect(await codeOf(comeBack(`code=c&state=${state}`, cookie, "evil"))).toBe("LK-2024");
    expect(evil.requests.filter(({ url }) => url.endsWith("/token"))).toEqual([]);
  });

  test("an issuer whose metadata speak of another one is not used", async () => {
    const { signIn } = await setUp();
    expect(await codeOf(signIn({ metadata: { issuer: EVIL } }))).toBe("LK-2025");
  });

  test("userinfo about somebody else is refused, and so is a verification that belongs to another address", async () => {
    const { signIn } = await setUp();
    const claims = { email: undefined, email_verified: undefined };
    const honest = { email: "ada@example.com", email_verified: true };
    expect((await signIn({ claims, userinfo: honest })).status).toBe(303);
    expect(await codeOf(signIn({ claims, userinfo: { ...honest, sub: "subject-2" } }))).toBe("LK-2024");
    const half = { groups: undefined, email_verified: undefined };
    const other = { email: "eve@example.com", email_verified: true };
    expect(await codeOf(signIn({ claims: half, userinfo: other }))).toBe("LK-2024");
    const bare = { email: undefined, email_verified: true };
    expect(
      await codeOf(signIn({ claims: bare, userinfo: { email: "ada@example.com", email_verified: false } })),
    ).toBe("LK-2024");
  });
});

describe("an issuer that fails", () => {
  test.each<[string, Lies, string]>([
    [
      "without metadata",
      { answers: { "/.well-known/openid-configuration": { status: 500, body: "" } } },
      "LK-2025",
    ],
    [
      "with a redirect",
      { answers: { "/.well-known/openid-configuration": { status: 302, body: "" } } },
      "LK-2025",
    ],
    [
      "with a token endpoint without https",
      { metadata: { token_endpoint: "http://issuer.example/token" } },
      "LK-2025",
    ],
    [
      "with an endpoint that is a script",
      { metadata: { authorization_endpoint: "javascript:alert(1)" } },
      "LK-2025",
    ],
    [
      "with keys that are none",
      { answers: { "/jwks": { status: 200, body: `{"keys":[null,1,{}]}` } } },
      "LK-2024",
    ],
    ["without keys", { answers: { "/jwks": { status: 404, body: "" } } }, "LK-2025"],
    [
      "refusing the code",
      { answers: { "/token": { status: 400, body: `{"error":"invalid_grant"}` } } },
      "LK-2024",
    ],
    [
      "refusing us",
      { answers: { "/token": { status: 401, body: `{"error":"invalid_client"}` } } },
      "LK-2025",
    ],
    ["with an empty answer", { answers: { "/token": { status: 200, body: "" } } }, "LK-2025"],
    ["with an answer without an ID token", { answers: { "/token": { status: 200, body: "{}" } } }, "LK-2025"],
  ])("%s ends in a code, and works again when it is well", async (_name, lies, code) => {
    const { signIn, clock } = await setUp();
    expect(await codeOf(signIn(lies))).toBe(code);
    clock.advance(31_000);
    expect((await signIn()).status).toBe(303);
  });

  test("says nothing of secrets", async () => {
    const { signIn } = await setUp();
    const error = await signIn({ answers: { "/token": { status: 400, body: `{"error":"e"}` } } }).catch(
      (e) => e,
    );
    expect(error).toBeInstanceOf(LatchkeyError);
    expect(`${error.message} ${error.internal}`).not.toContain("client-secret");
  });
});

describe("routes", () => {
  test.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/..//evil.example",
    "/./%2e//evil.example",
    "/x/..//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " /portal",
    "portal",
    "",
    "javascript:alert(1)",
    "/portal\r\nset-cookie: a=b",
    `/${"x".repeat(2000)}`,
  ])("nobody is sent to %p after a sign-in", async (returnTo) => {
    const { identity, parts } = await setUp();
    const target = `/admin/sign-in/start?provider=work&returnTo=${encodeURIComponent(returnTo)}`;
    await expect(identity.handleSignIn(identityRequest("GET", target))).rejects.toMatchObject({
      code: "LK-2102",
      param: "returnTo",
    });
    expect(await parts.records.count({ kind: "sign-in-state" })).toBe(0);
  });

  test("list the ways to sign in", async () => {
    const { identity } = await setUp();
    const { body } = await identity.handleSignIn(identityRequest("GET", "/admin/sign-in"));
    expect(JSON.parse(body)).toEqual({
      ways: [
        { kind: "oidc", name: "work", start: "/admin/sign-in/start?provider=work" },
        { kind: "oidc", name: "evil", start: "/admin/sign-in/start?provider=evil" },
        { kind: "link", command: "latchkey sign-in" },
      ],
    });
  });

  test.each([
    ["GET", "/admin/sign-in/", "LK-2006"],
    ["GET", "/admin/sign-in/constructor", "LK-2006"],
    ["GET", "/admin/sign-in/callback", "LK-2006"],
    ["GET", "/admin/sign-in/callback/nobody", "LK-2006"],
    ["GET", "/admin/sign-in/callback/work/x", "LK-2006"],
    ["GET", "/admin/sign-in/sign-out", "LK-2007"],
    ["POST", "/admin/sign-in/start", "LK-2007"],
    ["constructor", "/admin/sign-in", "LK-2007"],
    ["GET", "/admin/sign-in/start", "LK-2102"],
    ["GET", "/admin/sign-in/start?provider=__proto__", "LK-2102"],
  ])("%s %s is %s", async (method, target, code) => {
    const { identity } = await setUp();
    expect(await codeOf(identity.handleSignIn(identityRequest(method, target)))).toBe(code);
  });
});
