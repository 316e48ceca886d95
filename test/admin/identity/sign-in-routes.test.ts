import { describe, expect, test } from "bun:test";
import { codeOf, identityRequest } from "../../support/identity-fixture.ts";
import { setUpOidc } from "../../support/oidc-fixture.ts";

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
    const { identity, parts } = await setUpOidc();
    const target = `/admin/sign-in/start?provider=work&returnTo=${encodeURIComponent(returnTo)}`;
    await expect(identity.handleSignIn(identityRequest("GET", target))).rejects.toMatchObject({
      code: "LK-2102",
      param: "returnTo",
    });
    expect(await parts.records.count({ kind: "sign-in-state" })).toBe(0);
  });

  test("list the ways to sign in", async () => {
    const { identity } = await setUpOidc();
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
    const { identity } = await setUpOidc();
    expect(await codeOf(identity.handleSignIn(identityRequest(method, target)))).toBe(code);
  });
});
