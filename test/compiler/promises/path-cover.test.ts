import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { coversMethod, coversPath } from "../../../src/compiler/promises/path-cover.ts";
import { SegmentTrie } from "../../../src/kernel/segment-trie.ts";

describe("a pattern", () => {
  test.each([
    ["/a", "/a", true],
    ["/{id}", "/a", true],
    ["/{id}", "/{name}", true],
    ["/a", "/{id}", false],
    ["/*", "/a/{id}", true],
    ["/a/*", "/a", true],
    ["/a/*", "/a/*", true],
    ["/a/{id}", "/a/*", false],
    ["/a/*", "/*", false],
    ["/a/{id}", "/a", false],
    ["/a", "/a/{id}", false],
    ["/a/{id}/c", "/a/b/c", true],
    ["/a/{id}", "/a/", false],
  ])("%s takes all of %s: %p", (pattern, other, covers) => {
    expect(coversPath(pattern, other)).toBe(covers);
  });

  test("takes every path that one within it takes", () => {
    const segment = fc.constantFrom("a", "b", "{x}", "{y}");
    const pattern = fc
      .tuple(fc.array(segment, { maxLength: 3 }), fc.constantFrom([], ["*"]))
      .map(([segments, end]) => `/${[...segments, ...end].join("/")}`);
    const path = fc
      .array(fc.constantFrom("a", "b", "c"), { maxLength: 4 })
      .map((segments) => `/${segments.join("/")}`);
    const takes = (one: string, asked: string): boolean => {
      const trie = new SegmentTrie<true>();
      trie.add(one, null, true);
      return "found" in trie.find("GET", asked);
    };
    fc.assert(
      fc.property(pattern, pattern, path, (one, other, asked) => {
        if (coversPath(one, other) && takes(other, asked)) expect(takes(one, asked)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test("takes HEAD where it takes GET, and any method only where it names none", () => {
    expect(coversMethod(["GET"], "HEAD")).toBe(true);
    expect(coversMethod(["POST"], "HEAD")).toBe(false);
    expect(coversMethod(["GET"], null)).toBe(false);
    expect(coversMethod(null, null)).toBe(true);
  });
});
