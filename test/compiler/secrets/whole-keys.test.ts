import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { holdsCredential } from "../../../src/compiler/secrets/credential-shapes.ts";
import { holdsWholeKey } from "../../../src/compiler/secrets/whole-keys.ts";

const random = "qT7vRz2LmX9cWd4KfJ8sYb1Hn6Pg0UeA3oViZk5QxrCtMSwaEBlNdGhyupFjOIqk8Rt3vLz6XmC9bWe2";
const hex = "9f3a7c1e5d2b8064fa17c3e95b2d80647e1fa3c95d2b80f46a1c7e395bd28046";
const capitals = "Q7RZ2LMX9CWD4KFJ";

const whole: readonly string[] = [
  `sk-ant-api03-${random}${random.slice(0, 12)}`,
  `sk-or-v1-${hex}`,
  `sk-proj-${random.slice(0, 48)}`,
  `sk-${random.slice(0, 48)}`,
  `sk-${hex.slice(0, 32)}`,
  `AIza${random.slice(0, 35)}`,
  `AKIA${capitals}`,
  `gsk_${random.slice(0, 52)}`,
  `hf_${random.slice(0, 34)}`,
  `xai-${random.slice(0, 80)}`,
  `pplx-${random.slice(0, 48)}`,
  `ghp_${random.slice(0, 36)}`,
  `glpat-${random.slice(0, 20)}`,
  `sk_live_${random.slice(0, 24)}`,
  `-----BEGIN PRIVATE KEY-----\n${random.slice(0, 64)}\n-----END PRIVATE KEY-----`,
  `lk_live_${random.slice(0, 12)}_${random.slice(12, 61)}`,
];

describe("a whole key is found", () => {
  test.each(whole.map((key) => [key.slice(0, 12), key]))("%s…", (_, key) => {
    expect(holdsWholeKey(key)).toBe(true);
    expect(holdsWholeKey(`Use "${key}", please.`)).toBe(true);
    expect(holdsWholeKey(JSON.stringify([{ text: `key=${key}\n` }]))).toBe(true);
  });
});

describe("what only looks like a key is none", () => {
  test.each([
    ...whole.filter((key) => !key.includes("\n")).map((key) => key.slice(0, -24)),
    "AKIAIOSFODNN7EXAMPLE",
    "sk-proj-your-key-goes-here-and-it-is-a-rather-long-one-indeed",
    `sk-${"x".repeat(48)}`,
    "sk-1234567890abcdef1234567890abcdef",
    "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
    "AIzaSyXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
    "risk-assessment-of-a-portfolio-with-many-positions-in-it",
    "Bearer abcdefghijklmnop",
    "https://user:password@example.com",
  ])("%s", (text) => {
    expect(holdsWholeKey(text)).toBe(false);
  });

  test("nor is any text that no credential is found in", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(holdsWholeKey(text) && !holdsCredential(text)).toBe(false);
      }),
    );
  });
});
