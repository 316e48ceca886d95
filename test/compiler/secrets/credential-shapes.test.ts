import { describe, expect, test } from "bun:test";
import { findCredentials, holdsCredential } from "../../../src/compiler/secrets/credential-shapes.ts";
import { generateApiKey } from "../../../src/kernel/api-key.ts";

const letters = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY";

describe("a credential is known by its form", () => {
  const credentials = [
    `sk-${letters}`,
    "sk-proj-abcdefghijklmnop",
    "sk-ant-api03-abcdefgh",
    "sk-or-v1-0123456789abcdef",
    `AIzaSy${letters}`,
    `gsk_${letters}`,
    `xai-${letters}`,
    `hf_${letters}`,
    `r8_${letters}`,
    `pplx-${letters}`,
    `nvapi-${letters}`,
    "AKIAABCDEFGHIJKLMNOP",
    "ASIAABCDEFGHIJKLMNOP",
    `ghp_${letters}`,
    `github_pat_11ABCDEFG0_${letters}`,
    "xoxb-123456789012-abcdefghij",
    "rk_live_abcdefghijklmnop",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
    "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----",
    generateApiKey("live"),
  ];
  test.each(credentials)("%s", (credential) => {
    expect(findCredentials(credential)[0]).toEqual({ start: 0, end: credential.length });
    const sentence = `Use "${credential}", please`;
    expect(findCredentials(sentence).map(({ start, end }) => sentence.slice(start, end))).toContain(
      credential,
    );
  });

  test("also behind a scheme, or as the password of a URL", () => {
    const found = (text: string): readonly string[] =>
      findCredentials(text).map(({ start, end }) => text.slice(start, end));
    expect(found("Bearer abcdefgh")).toEqual(["abcdefgh"]);
    expect(found("basic b3BzOmh1bnRlcjI=")).toEqual(["b3BzOmh1bnRlcjI="]);
    expect(found("https://ops:hunter2@example.com/")).toEqual(["hunter2"]);
  });

  test.each([
    "risk-assessment-of-the-year-2026-and-later",
    "sk-learn",
    "task-0123456789abcdefghijklmn",
    "Basic authentication",
    "Bearer",
    "AKIA",
    "a half_life of 0123456789abcdefghij years",
    "lk_live",
    "https://example.com:8443/@team",
    "proj_abcdefghijklmnopqrstuvwx",
  ])("%s is none", (text) => {
    expect(holdsCredential(text)).toBe(false);
  });

  test("a long text is searched in time that grows with its length", () => {
    expect(
      holdsCredential(`${"sk-".repeat(100_000)}${"bearer ".repeat(100_000)}${"://".repeat(100_000)}`),
    ).toBe(false);
  });
});
