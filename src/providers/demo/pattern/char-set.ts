import type { Random } from "../schema-instance/random.ts";
import { PatternError } from "./pattern.ts";

/** A set of code points. */
export interface CharSet {
  readonly has: (codePoint: number) => boolean;
  /** Ranges it was written with; where it is negated they say nothing about its members. */
  readonly ranges: readonly CharRange[];
}

/** First and last code point of a range. */
export type CharRange = readonly [first: number, last: number];

/** A set of ranges and of other sets. */
export function charSet(ranges: readonly CharRange[], others: readonly CharSet[] = []): CharSet {
  return {
    has: (codePoint) =>
      ranges.some(([first, last]) => codePoint >= first && codePoint <= last) ||
      others.some((other) => other.has(codePoint)),
    ranges: [...ranges, ...others.flatMap((other) => other.ranges)],
  };
}

/** All code points that are not in a set. */
export function complement(set: CharSet): CharSet {
  return { has: (codePoint) => !set.has(codePoint), ranges: [] };
}

/** The code points of a Unicode property, such as `L` or `Script=Greek`. @throws PatternError for unknown ones. */
export function propertySet(property: string): CharSet {
  if (!/^[\w=]+$/.test(property)) throw new PatternError(`\\p{${property}} is no Unicode property`);
  let single: RegExp;
  try {
    single = new RegExp(`^\\p{${property}}$`, "u");
  } catch {
    throw new PatternError(`\\p{${property}} is no Unicode property`);
  }
  return { has: (codePoint) => single.test(String.fromCodePoint(codePoint)), ranges: [] };
}

const code = (character: string): number => character.codePointAt(0) ?? 0;

export const digits = charSet([[code("0"), code("9")]]);
export const wordCharacters = charSet(
  [
    [code("a"), code("z")],
    [code("A"), code("Z")],
    [code("_"), code("_")],
  ],
  [digits],
);
export const whiteSpace: CharSet = {
  has: (codePoint) => /^\s$/u.test(String.fromCodePoint(codePoint)),
  ranges: [[code(" "), code(" ")]],
};
export const lineEnds = charSet([
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
]);

/** Where members of a set are looked for: letters and digits, then ASCII, then the rest in ever wider steps. */
const searched: readonly (readonly number[])[] = [
  [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"].map(code),
  codePoints(0x20, 0x7e),
  codePoints(0xa1, 0x17f),
  [..."αβγδабвгאבابगक日本語ひらカナ한글😀👍€∑→½ǅʰ\u0301\u200d\t\n"].map(code),
];

/** A member of a set, seldom an odd one. @throws PatternError when none is found. */
export function sampleOf(set: CharSet, random: Random): number {
  const usable = set.ranges.filter(([first, last]) => set.has(first) && set.has(last));
  if (usable.length > 0) {
    const [first, last] = random.pick(usable);
    const inRange = first + random.below(last - first + 1);
    if (set.has(inRange) && !isSurrogate(inRange)) return inRange;
  }
  // One in four is no letter or digit where that is possible.
  const order = random.below(4) > 0 ? searched : [...searched.slice(1), ...searched.slice(0, 1)];
  for (const candidates of order) {
    const members = candidates.filter((candidate) => set.has(candidate));
    if (members.length > 0) return random.pick(members);
  }
  throw new PatternError("it has a character class of which no member was found");
}

function codePoints(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function isSurrogate(codePoint: number): boolean {
  return codePoint >= 0xd800 && codePoint <= 0xdfff;
}
