import { describe, expect, test } from "bun:test";
import { findRandomTokens } from "../../../src/compiler/secrets/random-tokens.ts";
import { sha256Hex } from "../../../src/kernel/hash.ts";

const drawn = Array.from({ length: 500 }, (_, index) => sha256Hex(String(index)));
const isFound = (token: string): boolean => findRandomTokens(`v=${token};`).length > 0;
const share = (tokens: readonly string[]): number => tokens.filter(isFound).length / tokens.length;

describe("tokens that look random", () => {
  test("are hex digits, Base64 and letters with digits, from 32 characters on", () => {
    expect(share(drawn)).toBe(1);
    expect(share(drawn.map((hex) => hex.slice(0, 32)))).toBeGreaterThan(0.99);
    expect(share(drawn.map((hex) => Buffer.from(hex, "hex").toString("base64url")))).toBeGreaterThan(0.99);
    expect(share(drawn.map((hex) => Buffer.from(hex, "hex").toString("base64")))).toBeGreaterThan(0.99);
    expect(share(drawn.map((hex) => BigInt(`0x${hex}`).toString(36).slice(0, 32)))).toBeGreaterThan(0.97);
    expect(isFound("qwfpgjluyarstdhneiozxcvbkmqwfpgjluya")).toBe(true);
    expect(isFound(drawn[0]?.slice(0, 31) ?? "")).toBe(false);
  });

  test("are found where they stand", () => {
    const token = drawn[1] ?? "";
    const text = `https://example.com/accounts/${token}/gateway`;
    expect(findRandomTokens(text)).toEqual([{ start: text.indexOf(token), end: text.indexOf(token) + 64 }]);
  });

  test.each([
    "fine-grained-tool-streaming-2025-05-14,prompt-caching-2024-07-31",
    "4bf92f35-77b3-4da6-a3ce-929d0e0e4736",
    "projects/123456789012/locations/europe-west4/endpoints/9876543210",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)",
    "TheDepartmentForLongNamesOfApplicationsAndServices",
    "us.anthropic.claude-3-5-sonnet-20241022-v2:0",
    "accounts/fireworks/models/llama-v3p1-405b-instruct",
    "AZURE_OPENAI_API_KEY_OF_THE_EASTUS2_DEPLOYMENT",
    "2026-01-01T00:00:00.000Z/2026-12-31T23:59:59.999Z",
    "x".repeat(64),
    "0".repeat(64),
    "-".repeat(64),
    "xoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxo",
  ])("%s is none", (text) => {
    expect(findRandomTokens(text)).toEqual([]);
  });
});
