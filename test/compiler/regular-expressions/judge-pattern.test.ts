import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { z } from "zod";
import { judgePattern } from "../../../src/compiler/regular-expressions/judge-pattern.ts";

const growthOf = (pattern: RegExp): string => judgePattern(pattern.source, pattern.flags).growth;

describe("takes exponentially long", () => {
  test.each([
    // A loop over a loop.
    /^(a+)+$/,
    /^(a*)*$/,
    /^((ab)+)+$/,
    /^(?:a*b*)*$/,
    /(x+x+)+y/,
    /^(\w+\s?)*$/,
    /^([a-zA-Z0-9]+\.?)*@x$/,
    /^\w+([.-]?\w+)*@\w+([.-]?\w+)*(\.\w{2,3})+$/,
    // The same by two alternatives.
    /^(a|a)*$/,
    /^(ab|a|b)*$/,
    /^(a|b|ab)*c/,
    /^(?:ab|abab)*$/,
    /^(a|A)*$/i,
    /^(?:\p{L}|\w)+$/u,
    // Counted, but as good as without an end.
    /^(a+){1,20}$/,
    /^(a{0,50}){0,50}$/,
    /^(?:a?){40}a{40}$/,
    /^(?:[a-z]{1,300}-?){1,300}$/,
    // Looking around matches by itself.
    /^(?=(a+)+$)/,
    /x(?<!(?:a|a)*b)y/,
    /^(?:(?!x)a+)+$/,
    /^(?:\b\w+)+$/,
  ])("%p", (pattern) => {
    expect(growthOf(pattern)).toBe("exponential");
  });
});

describe("takes time that grows with a power", () => {
  test.each([
    [/^a*a*$/, 2],
    [/^(ab)*(ab)*$/, 2],
    [/\d+x/, 2],
    [/^\s+|\s+$/, 2],
    [/foo.*bar/, 2],
    [/^.*foo.*$/, 2],
    [/^.*,.*,.*$/, 3],
    [/^a*a*a*a*$/, 4],
    [/^(?=.*,.*,.*$)/, 3],
  ] as const)("%p", (pattern, degree) => {
    expect(judgePattern(pattern.source, pattern.flags)).toMatchObject({ growth: "polynomial", degree });
  });
});

describe("takes no longer than the text is long", () => {
  test.each([
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    /^[A-Z]{3}-\d{4}$/,
    /^\d+\.\d+\.\d+$/,
    /^\+?[0-9 ()-]{5,20}$/,
    /^https?:\/\/[^\s/$.?#].[^\s]*$/,
    /^(?=.*[A-Z])(?=.*\d)[A-Za-z\d]{8,}$/,
    /^[\p{L}\p{M}' -]+$/u,
    /^[\p{L}--[a-z]]+$/v,
    /^#(?:[0-9a-f]{3}){1,2}$/i,
    /^(\d+,)*\d+$/,
    /^(?:\d{1,3},?){1,10}$/,
    /^(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,63}$/,
    /^(?:\d{4} ?)+$/,
    /^"(?:[^"\\]|\\.)*"$/,
    /^".*?"$/,
    /^(?:\b\w+\s)+$/,
    /^.{1,500}x.{1,500}$/,
    /^(?:a?){3}$/,
    /^(?:a*b)*$/,
    // It has matched after the first character, whatever follows.
    /^(a+)+/,
    /[a-z]+/,
    /(?:)/,
    /^(?:a{0}b)+$/,
  ])("%p", (pattern) => {
    expect(growthOf(pattern)).toBe("linear");
  });
});

test("a text that shows it is told by a character that can be read", () => {
  expect(judgePattern("^(\\d+)+$", "")).toEqual({ growth: "exponential", character: "0" });
  expect(judgePattern("^(é+)+$", "u")).toEqual({ growth: "exponential", character: "é" });
  expect(judgePattern("^\\s*\\s*x", "")).toMatchObject({ growth: "polynomial", character: " " });
});

test("no format of Zod takes longer than its text", () => {
  const formats = Object.entries(z.regexes).flatMap(([name, made]) =>
    made instanceof RegExp ? [[name, made] as const] : [],
  );
  formats.push(
    ["datetime", z.regexes.datetime({ offset: true, local: true })],
    ["time", z.regexes.time({ precision: 3 })],
    ["uuid", z.regexes.uuid()],
    ["emoji", z.regexes.emoji()],
    ["mac", z.regexes.mac()],
  );
  expect(formats.length).toBeGreaterThan(40);
  const slow = formats.filter(([, made]) => growthOf(made) !== "linear").map(([name]) => name);
  expect(slow).toEqual([]);
});

describe("comes to an end", () => {
  test.each([
    ["a".repeat(5_001)],
    [`^(?:${"a?".repeat(1_600)})+$`],
    [`^${"(?:a|b)*".repeat(400)}$`],
    [`^${"(?:".repeat(1_200)}a${")*".repeat(1_200)}$`],
  ])("%.20s…", (source) => {
    expect(judgePattern(source, "").growth).toBe("unknown");
  });

  test("for whatever JavaScript takes for a pattern", () => {
    const piece = fc.constantFrom(
      ..."ab.|*+?()[]{}^$\\,-1d3w",
      "(?:",
      "(?=",
      "(?!",
      "(?<!",
      "{1,3}",
      "{2,}",
      "\\1",
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 14 }),
        fc.constantFrom("", "i", "u", "v", "m"),
        (pieces, flags) => {
          const source = pieces.join("");
          try {
            new RegExp(source, flags);
          } catch {
            return;
          }
          expect(["linear", "polynomial", "exponential", "unknown"]).toContain(
            judgePattern(source, flags).growth,
          );
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

/** A pattern, and in how many ways an engine gets through it from a place of a text to each later one. */
interface Counted {
  readonly source: string;
  readonly ways: (text: string, from: number) => ReadonlyMap<number, bigint>;
}

function letter(source: string): Counted {
  const pattern = new RegExp(source);
  return {
    source,
    ways: (text, from) => new Map(pattern.test(text[from] ?? "") ? [[from + 1, 1n]] : []),
  };
}

function then(first: ReadonlyMap<number, bigint>, second: (at: number) => ReadonlyMap<number, bigint>) {
  const all = new Map<number, bigint>();
  for (const [middle, times] of first)
    for (const [end, ways] of second(middle)) all.set(end, (all.get(end) ?? 0n) + times * ways);
  return all;
}

function repeated({ source, ways }: Counted, sign: string): Counted {
  // A round that takes nothing ends the loop.
  const rounds = (text: string, from: number): ReadonlyMap<number, bigint> => {
    const once = new Map([...ways(text, from)].filter(([end]) => end > from));
    const all = new Map(sign === "?" ? once : then(once, (middle) => rounds(text, middle)));
    return all.set(from, (all.get(from) ?? 0n) + 1n);
  };
  const known = new Map<string, ReadonlyMap<number, bigint>>();
  return {
    source: `(?:${source})${sign}`,
    ways: (text, from) => {
      const key = `${from} ${text}`;
      const found = known.get(key) ?? rounds(text, from);
      known.set(key, found);
      return found;
    },
  };
}

test("sees every small pattern for which an engine has twice the ways with each character", () => {
  const { pattern } = fc.letrec<{ pattern: Counted }>((tie) => ({
    pattern: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom("a", "b", "[ab]").map(letter),
      fc.tuple(tie("pattern"), tie("pattern")).map(([one, other]) => ({
        source: `${one.source}${other.source}`,
        ways: (text: string, from: number) =>
          then(one.ways(text, from), (middle) => other.ways(text, middle)),
      })),
      fc.tuple(tie("pattern"), tie("pattern")).map(([one, other]) => ({
        source: `(?:${one.source}|${other.source})`,
        ways: (text: string, from: number) =>
          then(
            new Map([
              [0, 1n],
              [1, 1n],
            ]),
            (which) => (which === 0 ? one : other).ways(text, from),
          ),
      })),
      fc.tuple(tie("pattern"), fc.constantFrom("*", "+", "?")).map(([one, sign]) => repeated(one, sign)),
    ),
  }));
  let exponential = 0;
  fc.assert(
    fc.property(pattern, ({ source, ways }) => {
      const count = (text: string): bigint => ways(text, 0).get(text.length) ?? 0n;
      const isDoubling = ["a", "b", "ab"].some(
        (text) => count(text.repeat(5)) >= 16n && count(text.repeat(10)) >= count(text.repeat(5)) ** 2n,
      );
      if (!isDoubling) return;
      exponential++;
      expect(judgePattern(`^${source}$`, "").growth).toBe("exponential");
    }),
    { numRuns: 1_000 },
  );
  expect(exponential).toBeGreaterThan(20);
});
