import fc from "fast-check";

const atom = fc.constantFrom(
  "a",
  "b",
  "1",
  "-",
  ".",
  "\\d",
  "\\w",
  "\\s",
  "\\D",
  "\\W",
  "[ab]",
  "[^a]",
  "[a-c1]",
  "[\\d_]",
  "[^\\w]",
  "\\p{L}",
  "\\P{L}",
  "é",
  "😀",
);
const zeroWidth = fc.constantFrom("^", "$", "\\b", "\\B");
const repetition = fc.constantFrom("", "", "", "?", "*", "+", "{2}", "{1,3}", "{2,}", "*?", "+?");

/** Sources of regular expressions that the demo provider supports. */
export const patternSource: fc.Arbitrary<string> = fc.letrec<{ any: string; term: string; group: string }>(
  (tie) => ({
    group: fc
      .tuple(fc.constantFrom("(", "(?:", "(?<name>"), tie("any"))
      .map(([open, inside]) => `${open}${inside.replaceAll("(?<name>", "(")})`),
    term: fc.oneof(
      { weight: 6, arbitrary: fc.tuple(atom, repetition).map(([item, times]) => item + times) },
      { weight: 1, arbitrary: zeroWidth },
      { weight: 2, arbitrary: fc.tuple(tie("group"), repetition).map(([item, times]) => item + times) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.constantFrom("(?=", "(?!"), tie("any"))
          .map(([open, inside]) => `${open}${inside.replaceAll("(?<name>", "(")})`),
      },
    ),
    any: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      fc.array(atom, { maxLength: 2 }).map((items) => items.join("")),
      fc.array(tie("term"), { maxLength: 4 }).map((terms) => onlyOneName(terms.join(""))),
      fc.tuple(tie("any"), tie("any")).map(([left, right]) => onlyOneName(`${left}|${right}`)),
    ),
  }),
).any;

/** The name of a group may be used once. */
function onlyOneName(source: string): string {
  const [first = "", ...more] = source.split("(?<name>");
  return more.length === 0 ? first : `${first}(?<name>${more.join("(")}`;
}
