import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { suggest } from "../../src/compiler/suggest.ts";

describe("suggest", () => {
  const names = ["sentiment", "summary", "translate", "fast", "smart", "checkout", "gpt-4o-mini"];

  test.each([
    ["sentimnet", "sentiment"],
    ["sentment", "sentiment"],
    ["sentimentt", "sentiment"],
    ["sumary", "summary"],
    ["fsat", "fast"],
    ["fas", "fast"],
    ["FAST", "fast"],
    ["chekcout", "checkout"],
    ["gpt4o-mini", "gpt-4o-mini"],
    ["gpt_4o_mini", "gpt-4o-mini"],
    ["traslatte", "translate"],
  ])("takes %p for %p", (wrong, meant) => {
    expect(suggest(wrong, names)).toBe(meant);
  });

  test.each(["invoice", "x", "", "--", "gpt-5", "sentinel-service", "xyzzy"])(
    "finds nothing close to %p",
    (wrong) => {
      expect(suggest(wrong, names)).toBeUndefined();
    },
  );

  test.each([
    ["firstTokenWithin", "first-token-within"],
    ["first_token_within", "firstTokenWithin"],
    ["max output tokens", "maxOutputTokens"],
    ["baseURL", "baseUrl"],
  ])("does not mind how %p is written: %p", (wrong, meant) => {
    expect(suggest(wrong, ["something", meant])).toBe(meant);
  });

  test("decides between equals by how they are written", () => {
    expect(suggest("Fast", ["FAST", "fast"])).toBe("fast");
    expect(suggest("mainApp", ["main-app", "mainapp"])).toBe("mainapp");
  });

  test("decides what is left by the alphabet, not by the order", () => {
    expect(suggest("bat", ["cat", "hat"])).toBe("cat");
    expect(suggest("bat", ["hat", "cat"])).toBe("cat");
  });

  test("prefers the nearest", () => {
    expect(suggest("translat", ["translator", "translate"])).toBe("translate");
  });

  test("never offers what was written", () => {
    expect(suggest("fast", ["fast"])).toBeUndefined();
    expect(suggest("fast", ["fast", "last"])).toBe("last");
  });

  test("has no opinion without candidates", () => {
    expect(suggest("fast", [])).toBeUndefined();
  });

  test("asks a huge list for a bounded number of candidates", () => {
    let asked = 0;
    function* endless(): Generator<string> {
      for (;;) yield `name-${asked++}`;
    }
    suggest("sentiment", endless());
    expect(asked).toBeLessThan(100_000);
  });

  test("does not compare enormous texts", () => {
    const enormous = "a".repeat(1_000_000);
    expect(suggest(enormous, [`${enormous}b`])).toBeUndefined();
    expect(suggest("fast", [enormous, "fastt"])).toBe("fastt");
  });

  test("finds a name after any one slip", () => {
    const name = fc.stringMatching(/^[a-z]{4,20}$/);
    fc.assert(
      fc.property(name, fc.nat(), fc.stringMatching(/^[a-z]$/), (meant, position, letter) => {
        const at = position % meant.length;
        const slips = [
          meant.slice(0, at) + meant.slice(at + 1),
          meant.slice(0, at) + letter + meant.slice(at),
          meant.slice(0, at) + letter + meant.slice(at + 1),
          meant.slice(0, at) + (meant[at + 1] ?? "") + (meant[at] ?? "") + meant.slice(at + 2),
        ];
        for (const wrong of slips) {
          if (wrong !== meant)
            expect(suggest(wrong, ["unrelated-thing-with-a-long-name", meant])).toBe(meant);
        }
      }),
    );
  });

  test("offers a candidate or nothing, the same in any order", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "-", "A"), maxLength: 8 });
    fc.assert(
      fc.property(word, fc.uniqueArray(word, { maxLength: 8 }), (wrong, candidates) => {
        const found = suggest(wrong, candidates);
        expect(found === undefined || candidates.includes(found)).toBe(true);
        expect(suggest(wrong, candidates.toReversed())).toBe(found);
      }),
    );
  });
});
