import { describe, expect, test } from "bun:test";
import { generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { codeOf, ORIGIN } from "../../support/identity-fixture.ts";
import { HONEST, setUpOidc } from "../../support/oidc-fixture.ts";

const sign = async (claims: JWTPayload, alg = "ES256", kid = "key-1") =>
  new SignJWT(claims).setProtectedHeader({ alg, kid }).sign((await generateKeyPair(alg)).privateKey);

describe("an honest issuer", () => {
  test("signs a member in, asked with everything that protects the sign-in", async () => {
    const { begin, signIn, honest } = await setUpOidc();
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
    const { signIn, honest } = await setUpOidc();
    await signIn({ metadata: { token_endpoint_auth_methods_supported: ["client_secret_post"] } });
    const token = honest.requests.find(({ url }) => url.endsWith("/token"));
    expect(new URLSearchParams(token?.body).get("client_secret")).toBe("client-secret-of-32-characters-000");
    expect(token?.headers["authorization"]).toBeUndefined();
  });

  test("may change its keys: a new one is looked for, but not for everyone who names one", async () => {
    const { signIn, honest, clock } = await setUpOidc();
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
    const { signIn, honest, clock } = await setUpOidc();
    const token = honest.signer();
    expect((await signIn({ token })).status).toBe(303);
    await honest.rotate();
    clock.advance(600_001);
    expect(await codeOf(signIn({ token }))).toBe("LK-2024");
    expect((await signIn()).status).toBe(303);
  });
});
