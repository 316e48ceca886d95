import { describe, expect, test } from "bun:test";
import { LatchkeyError } from "../../src/kernel/error.ts";
import { parseOrigin } from "../../src/upstream/parse-origin.ts";

describe("a base URL", () => {
  test.each([
    ["https://api.openai.com/v1", "https", "api.openai.com", 443, "api.openai.com", "/v1"],
    ["https://api.openai.com", "https", "api.openai.com", 443, "api.openai.com", ""],
    ["http://localhost:11434/v1/", "http", "localhost", 11434, "localhost:11434", "/v1"],
    ["http://localhost/", "http", "localhost", 80, "localhost", ""],
    ["https://example.com:443/a/b//", "https", "example.com", 443, "example.com", "/a/b"],
    ["https://example.com:80", "https", "example.com", 80, "example.com:80", ""],
    ["http://127.0.0.1:8080", "http", "127.0.0.1", 8080, "127.0.0.1:8080", ""],
    ["http://[::1]:8080/v1", "http", "::1", 8080, "[::1]:8080", "/v1"],
    ["https://B\xfccher.example/v1", "https", "xn--bcher-kva.example", 443, "xn--bcher-kva.example", "/v1"],
    ["HTTPS://Example.COM/V1", "https", "example.com", 443, "example.com", "/V1"],
    ["https://example.com/a b", "https", "example.com", 443, "example.com", "/a%20b"],
  ] as const)("%s is taken apart", (baseUrl, protocol, hostname, port, host, pathPrefix) => {
    expect(parseOrigin(baseUrl)).toEqual({ origin: { protocol, hostname, port }, host, pathPrefix });
  });

  test.each([
    "",
    "example.com/v1",
    "/v1",
    "ftp://example.com",
    "file:///etc/passwd",
    "https://",
    "https://user@example.com",
    "https://user:password@example.com",
    "https://example.com/v1?api-version=2",
    "https://example.com/v1#a",
    "http://example.com:0/",
    "http://example.com:99999/",
    "https://exa mple.com",
  ])("%j is refused", (baseUrl) => {
    expect(() => parseOrigin(baseUrl)).toThrow(
      new LatchkeyError("LK-6001", "A provider's base URL is not a plain http or https URL."),
    );
  });

  test("a refusal does not repeat it, since it may hold a password", () => {
    expect(() => parseOrigin("https://user:hunter2@example.com")).not.toThrow(/hunter2/);
  });
});
