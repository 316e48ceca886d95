import { describe, expect, test } from "bun:test";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import { codeOf } from "../../support/identity-fixture.ts";
import type { Lies } from "../../support/lying-issuer.ts";
import { EVIL, HONEST, setUpOidc } from "../../support/oidc-fixture.ts";

describe("what comes back with the browser", () => {
  test("needs the state of a sign-in that this browser began", async () => {
    const { begin, comeBack, iss } = await setUpOidc();
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
    const { begin, comeBack, iss, honest } = await setUpOidc();
    const { cookie, state } = await begin();
    honest.lie({ claims: { nonce: "wrong" } });
    expect(await codeOf(comeBack(`code=c&state=${state}&iss=${iss}`, cookie))).toBe("LK-2024");
    honest.lie({});
    expect(await codeOf(comeBack(`code=c&state=${state}&iss=${iss}`, cookie))).toBe("LK-2024");
  });

  test("comes within 10 minutes", async () => {
    const { begin, comeBack, iss, clock } = await setUpOidc();
    const { cookie, state } = await begin();
    clock.advance(600_000);
    expect(await codeOf(comeBack(`code=c&state=${state}&iss=${iss}`, cookie))).toBe("LK-2024");
  });

  test("has no parameter twice, and neither error nor nothing in place of a code", async () => {
    const { begin, comeBack, iss, honest } = await setUpOidc();
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
    const { signIn, honest } = await setUpOidc();
    expect(await codeOf(signIn({}, `&iss=${encodeURIComponent(EVIL)}`))).toBe("LK-2024");
    expect(await codeOf(signIn({}, ""))).toBe("LK-2024");
    expect(honest.requests.filter(({ url }) => url.endsWith("/token"))).toEqual([]);
  });

  test("an issuer that does not name itself is taken as it is, unless it names another", async () => {
    const { signIn } = await setUpOidc();
    const lies = { metadata: { authorization_response_iss_parameter_supported: undefined } };
    expect((await signIn(lies, "")).status).toBe(303);
    expect(await codeOf(signIn(lies, `&iss=${encodeURIComponent(EVIL)}`))).toBe("LK-2024");
  });

  test.each(["", `&iss=${encodeURIComponent(EVIL)}`, `&iss=${encodeURIComponent(HONEST)}`])(
    "a code of the honest issuer never reaches the other one, whichever it names: %p",
    async (named) => {
      const { begin, comeBack, evil } = await setUpOidc();
      evil.lie({ metadata: { authorization_response_iss_parameter_supported: undefined } });
      const { cookie, state } = await begin();
      expect(await codeOf(comeBack(`code=c&state=${state}${named}`, cookie, "evil"))).toBe("LK-2024");
      expect(evil.requests.filter(({ url }) => url.endsWith("/token"))).toEqual([]);
    },
  );

  test("an issuer whose metadata speak of another one is not used", async () => {
    const { signIn } = await setUpOidc();
    expect(await codeOf(signIn({ metadata: { issuer: EVIL } }))).toBe("LK-2025");
  });

  test("userinfo about somebody else is refused, and so is a verification that belongs to another address", async () => {
    const { signIn } = await setUpOidc();
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
    const { signIn, clock } = await setUpOidc();
    expect(await codeOf(signIn(lies))).toBe(code);
    clock.advance(31_000);
    expect((await signIn()).status).toBe(303);
  });

  test("says nothing of secrets", async () => {
    const { signIn } = await setUpOidc();
    const error = await signIn({ answers: { "/token": { status: 400, body: `{"error":"e"}` } } }).catch(
      (e) => e,
    );
    expect(error).toBeInstanceOf(LatchkeyError);
    expect(`${error.message} ${error.internal}`).not.toContain("client-secret");
  });
});
