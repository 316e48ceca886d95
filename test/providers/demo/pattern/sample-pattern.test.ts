import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parsePattern } from "../../../../src/providers/demo/pattern/parse-pattern.ts";
import { samplePattern } from "../../../../src/providers/demo/pattern/sample-pattern.ts";
import { createRandom } from "../../../../src/providers/demo/schema-instance/random.ts";
import { patternSource } from "../support/pattern-source.ts";

describe("a sample of a pattern", () => {
  test("matches where there is nothing but characters", () => {
    const plain = patternSource.filter(
      (source) => !/\\b|\\B|\(\?[=!]|\^|\$/i.test(source.replaceAll("[^", "[")),
    );
    fc.assert(
      fc.property(plain, fc.nat(), fc.nat({ max: 5 }), fc.boolean(), (source, seed, extra, exact) => {
        const sample = samplePattern(parsePattern(source), createRandom(seed), { extra, exact });
        expect(sample).toMatch(new RegExp(`^(?:${source})$`, "u"));
      }),
      { numRuns: 1_000 },
    );
  });

  test("is the same for the same seed", () => {
    const pattern = parsePattern("^[a-z]{5,9}\\d+$");
    const of = (seed: number) => samplePattern(pattern, createRandom(seed), { extra: 4, exact: false });
    expect(of(1)).toBe(of(1));
    expect(new Set([1, 2, 3, 4, 5].map(of)).size).toBeGreaterThan(3);
  });

  test.each([
    ["^[a-c]*$", 4, "abc", 4],
    ["^[a-c]{2,3}$", 4, "abc", 3],
    ["^[a-c]?$", 0, "abc", 0],
  ])("%j takes repetitions %d times more exactly", (source, extra, letters, length) => {
    const sample = samplePattern(parsePattern(source), createRandom(3), { extra, exact: true });
    expect(sample).toHaveLength(length);
    expect([...sample].every((letter) => letters.includes(letter))).toBe(true);
  });

  test.each([
    ["a{30000}", "too long"],
    ["(?:a{1000}){1000}", "too long"],
    ["(?:(?:){20000}){20000}", "too long to follow"],
    ["[^\\s\\S]", "no member"],
  ])("%j is refused", (source, reason) => {
    const sample = () => samplePattern(parsePattern(source), createRandom(1), { extra: 0, exact: true });
    expect(sample).toThrow(reason);
  });
});
