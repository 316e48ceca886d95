import { type CharRange, type CharSet, charSet, complement } from "./char-set.ts";
import { parseEscape } from "./parse-escape.ts";
import { PatternError } from "./pattern.ts";
import type { PatternReader } from "./pattern-reader.ts";

/** A character class such as `[^a-z\d]`, its opening bracket read already. @throws PatternError. */
export function parseClass(reader: PatternReader): CharSet {
  const negated = reader.take("^");
  const ranges: CharRange[] = [];
  const sets: CharSet[] = [];
  while (!reader.take("]")) {
    const first = parseMember(reader);
    if (!reader.sees("-") || reader.sees("-]")) {
      sets.push(first);
      continue;
    }
    reader.take("-");
    ranges.push(rangeBetween(first, parseMember(reader)));
  }
  const set = charSet(ranges, sets);
  return negated ? complement(set) : set;
}

function parseMember(reader: PatternReader): CharSet {
  if (reader.take("\\b")) return charSet([[8, 8]]);
  if (reader.take("\\")) return parseEscape(reader);
  if (reader.atEnd) throw new PatternError("a character class is not closed");
  const codePoint = reader.next();
  return charSet([[codePoint, codePoint]]);
}

function rangeBetween(first: CharSet, last: CharSet): CharRange {
  const from = onlyMember(first);
  const to = onlyMember(last);
  if (from === undefined || to === undefined || from > to) {
    throw new PatternError("a character class has a range that makes no sense");
  }
  return [from, to];
}

function onlyMember({ ranges }: CharSet): number | undefined {
  const [only, ...more] = ranges;
  return only !== undefined && more.length === 0 && only[0] === only[1] ? only[0] : undefined;
}
