import { describe, expect, test } from "bun:test";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { codeOf } from "../../support/identity-fixture.ts";
import { EVIL, HONEST, setUpOidc } from "../../support/oidc-fixture.ts";

const sign = async (claims: JWTPayload, alg = "ES256", kid = "key-1") =>
  new SignJWT(claims).setProtectedHeader({ alg, kid }).sign((await generateKeyPair(alg)).privateKey);

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
    const { signIn } = await setUpOidc();
    expect(await codeOf(signIn({ claims }))).toBe("LK-2024");
    expect((await signIn()).status).toBe(303);
  });

  test("for their time, with a minute's difference between clocks", async () => {
    const fixture = await setUpOidc();
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
    const { signIn } = await setUpOidc();
    expect(await codeOf(signIn({ token: (claims) => new UnsecuredJWT(claims).encode() }))).toBe("LK-2024");
  });

  test("signed by HMAC with what everybody can read: the public key, or the client's id", async () => {
    const { signIn, honest } = await setUpOidc();
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
    const { signIn } = await setUpOidc();
    const secret = new TextEncoder().encode("s".repeat(32));
    const keys = [{ kty: "oct", k: secret.toBase64({ alphabet: "base64url" }), kid: "key-1", alg: "HS256" }];
    const token = (claims: JWTPayload) =>
      new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "key-1" }).sign(secret);
    const answers = { "/jwks": { status: 200, body: JSON.stringify({ keys }) } };
    expect(await codeOf(signIn({ token, answers }))).toBe("LK-2024");
  });

  test("signed by a stranger's key under a known name, or a key that they bring along", async () => {
    const { signIn } = await setUpOidc();
    expect(await codeOf(signIn({ token: (claims) => sign(claims) }))).toBe("LK-2024");
    expect(await codeOf(signIn({ token: (claims) => sign(claims, "RS256") }))).toBe("LK-2024");
    const own = await generateKeyPair("ES256", { extractable: true });
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
      const { signIn } = await setUpOidc();
      expect(await codeOf(signIn({ token: () => text }))).toBe("LK-2024");
    },
  );
});
