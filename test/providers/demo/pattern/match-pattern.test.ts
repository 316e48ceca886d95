import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { matchesPattern } from "../../../../src/providers/demo/pattern/match-pattern.ts";
import { parsePattern } from "../../../../src/providers/demo/pattern/parse-pattern.ts";
import { patternSource } from "../support/pattern-source.ts";

function matches(source: string, text: string): boolean {
  return matchesPattern(parsePattern(source), text);
}

describe("matching a pattern", () => {
  test("agrees with the engine's own expressions", () => {
    const text = fc.string({
      unit: fc.constantFrom("a", "b", "c", "1", "_", " ", "-", "é", "😀"),
      maxLength: 8,
    });
    fc.assert(
      fc.property(patternSource, text, (source, sample) => {
        expect({ source, sample, matches: matches(source, sample) }).toEqual({
          source,
          sample,
          matches: new RegExp(source, "u").test(sample),
        });
      }),
      { numRuns: 3_000 },
    );
  });

  test.each([
    ["^\\d{4}-\\d{2}$", "2026-01", true],
    ["^\\d{4}-\\d{2}$", "2026-1", false],
    ["^(?!\\.)(?!.*\\.\\.)[a-z.]+$", "a.b", true],
    ["^(?!\\.)(?!.*\\.\\.)[a-z.]+$", "a..b", false],
    ["^(?<year>\\d+)$", "12", true],
    ["\\bcat\\b", "a cat sat", true],
    ["\\bcat\\b", "concatenate", false],
    ["\\Bcat", "concatenate", true],
    ["^.$", "😀", true],
    ["^.$", "\n", false],
    ["^[^\\n]$", "😀", true],
    ["^\\p{Lu}\\P{Lu}$", "Éa", true],
    ["^\\u{1f600}$", "😀", true],
    ["^\\ud83d\\ude00$", "😀", true],
    ["^\\x41\\u0042$", "AB", true],
    ["^\\t\\cJ$", "\t\n", true],
    ["^[\\b]$", "\b", true],
    ["^[\\w-]+$", "a-b", true],
    ["^[a-]+$", "a-", true],
    ["^\\/\\.[\\-]$", "/.-", true],
    ["^()*$", "", true],
    ["^(a|)+$", "aaa", true],
    ["^(?:a?){3}$", "aa", true],
    ["^a{2,3}?$", "aaaa", false],
    ["", "", true],
  ])("%j on %j: %p", (source, text, expected) => {
    expect(matches(source, text)).toBe(expected);
    expect(new RegExp(source, "u").test(text)).toBe(expected);
  });

  test.each(["^(a+)+$", "^(a|a)*$", "^(.*)*$", "^(a*)*b$", "^([a-z]+)*\\d$"])(
    "%j takes no exponential time",
    (source) => {
      expect(matches(source, `${"a".repeat(200)}!`)).toBe(source === "^(.*)*$");
    },
  );

  test("is given up where it takes too long", () => {
    const source = `${"(?=.*".repeat(5)}x${")".repeat(5)}`;
    expect(() => matches(source, "a".repeat(2_000))).toThrow("too long to match");
  });

  test.each([
    ["a)", "too many"],
    ["(a", "not closed"],
    ["[a", "not closed"],
    ["a\\", "too early"],
    ["*a", "nothing to repeat"],
    ["a{3,2}", "wrong way round"],
    ["[z-a]", "makes no sense"],
    ["[\\d-z]", "makes no sense"],
    ["(a)\\1", "back-references"],
    ["(?<n>a)\\k<n>", "back-references"],
    ["(?<=a)b", "look-behind"],
    ["(?<!a)b", "look-behind"],
    ["(?i:a)", "not supported"],
    ["\\q", "not supported"],
    ["\\p{Nothing}", "no Unicode property"],
    ["\\p{}", "no Unicode property"],
    ["\\u{110000}", "out of range"],
    [`${"(".repeat(60)}${")".repeat(60)}`, "too deep"],
  ])("%j is refused", (source, reason) => {
    expect(() => parsePattern(source)).toThrow(reason);
  });
});
