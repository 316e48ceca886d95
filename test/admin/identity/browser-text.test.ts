import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { cookieLine, cookieName, readCookie } from "../../../src/admin/identity/cookies.ts";
import { isAtDomain, readMemberAddress } from "../../../src/admin/identity/member-address.ts";
import { publicAddressOf } from "../../../src/admin/identity/public-origin.ts";
import { readReturnPath } from "../../../src/admin/identity/return-path.ts";

const headers = (all: Readonly<Record<string, string>>) => ({ headers: new Headers(all) });

describe("paths to return to", () => {
  test.each(["/", "/portal", "/portal?a=b&c=%2F#d", "/a/b.c~_-", "/%5C/x", "/a//b"])("%p is one", (path) => {
    expect(readReturnPath(path)).toBe(path);
  });

  test("whatever is let through stays at the gateway, in every browser's reading", () => {
    const piece = fc.constantFrom(
      "/",
      "\\",
      ".",
      "..",
      "%2e",
      "%5c",
      "@",
      ":",
      "evil.example",
      "http:",
      "?",
      "#",
      "\t",
    );
    const text = fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join("")}`);
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), (written) => {
        const path = readReturnPath(written);
        if (path === undefined) return;
        expect(path).toMatch(/^\/(?![/\\])/);
        expect(new URL(path, "https://gateway.example").origin).toBe("https://gateway.example");
        expect(new URL(path.replaceAll("\\", "/"), "https://gateway.example").host).toBe("gateway.example");
        expect(readReturnPath(path)).toBe(path);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("cookies", () => {
  test("are found among others, whole, and by their whole name", () => {
    const request = headers({ cookie: "a=1; xlatchkey=2;latchkey=v=w ; latchkeyx=3" });
    expect(readCookie(request, "latchkey")).toBe("v=w");
    expect(readCookie(request, "latch")).toBeUndefined();
    expect(readCookie(headers({}), "latchkey")).toBeUndefined();
  });

  test("that occur twice are not there", () => {
    expect(readCookie(headers({ cookie: "latchkey=1; latchkey=1" }), "latchkey")).toBeUndefined();
    expect(readCookie(headers({ cookie: "latchkey=1, latchkey=2" }), "latchkey")).toBeUndefined();
  });

  test("of both purposes have names of their own", () => {
    const names = [true, false].flatMap((isSecure) => [
      cookieName("session", isSecure),
      cookieName("sign-in", isSecure),
    ]);
    expect(new Set(names).size).toBe(4);
  });

  test("are never readable by scripts nor sent with other sites' writes", () => {
    expect(cookieLine("session", "v", true, 1500)[1]).toBe(
      "__Host-latchkey=v; Path=/; Max-Age=1; HttpOnly; SameSite=Lax; Secure",
    );
  });
});

describe("addresses of members", () => {
  test("are compared in lower case", () => {
    expect(readMemberAddress("Ada@Example.COM")).toBe("ada@example.com");
  });

  test.each([
    undefined,
    null,
    1,
    [["a@b"]],
    "",
    "a",
    "@b",
    "a@",
    "a@b@c",
    "a b@c",
    "a@b\n",
    "ada@ex\u00e4mple.com",
    "\u212A@b",
    `${"a".repeat(251)}@b.c`,
  ])("%p is none", (text) => {
    expect(readMemberAddress(text)).toBeUndefined();
  });

  test("are at a domain, and not at one that ends or begins like it", () => {
    expect(isAtDomain("a@example.com", ["Example.com"])).toBe(true);
    for (const address of [
      "a@evil-example.com",
      "a@sub.example.com",
      "a@example.com.evil",
      "example.com@evil",
    ]) {
      expect(isAtDomain(address, ["example.com"])).toBe(false);
    }
    expect(isAtDomain("a@example.com", [])).toBe(false);
  });
});

describe("the public address", () => {
  test("is the config's, whatever the request says", () => {
    const request = headers({ host: "evil.example", "x-forwarded-host": "evil.example" });
    expect(publicAddressOf("https://gateway.example:8443/ai/", request)).toEqual({
      origin: "https://gateway.example:8443",
      prefix: "/ai",
      isSecure: true,
    });
    expect(publicAddressOf("http://gateway.example", request).isSecure).toBe(false);
  });

  test("without one is how the browser names this machine", () => {
    expect(publicAddressOf(null, headers({ host: "localhost:80" })).origin).toBe("http://localhost");
    expect(publicAddressOf(null, headers({ host: "[::1]:8080" })).origin).toBe("http://[::1]:8080");
  });
});
