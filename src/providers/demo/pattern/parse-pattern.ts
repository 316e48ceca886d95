import { charSet, complement, lineEnds } from "./char-set.ts";
import { parseClass } from "./parse-class.ts";
import { parseEscape } from "./parse-escape.ts";
import { type Pattern, PatternError } from "./pattern.ts";
import { PatternReader } from "./pattern-reader.ts";

/** Groups within groups that are read; deeper ones are refused. */
const MAX_NESTING = 50;

/**
 * Reads a regular expression of ECMA-262 with the flag `u`, as JSON Schema's `pattern` is. Back-references,
 * look-behind and inline flags are refused.
 * Source: https://tc39.es/ecma262/#sec-patterns
 * @throws PatternError when it is malformed or uses what is refused.
 */
export function parsePattern(source: string): Pattern {
  const reader = new PatternReader(source);
  const pattern = parseChoice(reader, 0);
  if (!reader.atEnd) throw new PatternError(`it has a \`${reader.peek()}\` too many`);
  return pattern;
}

function parseChoice(reader: PatternReader, nesting: number): Pattern {
  if (nesting > MAX_NESTING) throw new PatternError("its groups nest too deep");
  const options = [parseSequence(reader, nesting)];
  while (reader.take("|")) options.push(parseSequence(reader, nesting));
  const [only] = options;
  return options.length === 1 && only !== undefined ? only : { kind: "choice", options };
}

function parseSequence(reader: PatternReader, nesting: number): Pattern {
  const items: Pattern[] = [];
  while (!reader.atEnd && !reader.sees("|") && !reader.sees(")")) {
    items.push(parseRepeat(parseItem(reader, nesting), reader));
  }
  return { kind: "sequence", items };
}

function parseItem(reader: PatternReader, nesting: number): Pattern {
  if (reader.take("^")) return { kind: "start" };
  if (reader.take("$")) return { kind: "end" };
  if (reader.take("(")) return parseGroup(reader, nesting);
  if (reader.take("[")) return { kind: "set", set: parseClass(reader) };
  if (reader.take(".")) return { kind: "set", set: complement(lineEnds) };
  if (reader.take("\\b")) return { kind: "boundary", negated: false };
  if (reader.take("\\B")) return { kind: "boundary", negated: true };
  if (reader.take("\\")) return { kind: "set", set: parseEscape(reader) };
  const codePoint = reader.next();
  const character = String.fromCodePoint(codePoint);
  if ("*+?".includes(character)) throw new PatternError(`\`${character}\` has nothing to repeat`);
  return { kind: "set", set: charSet([[codePoint, codePoint]]) };
}

function parseGroup(reader: PatternReader, nesting: number): Pattern {
  const lookahead = reader.take("?=") ? false : reader.take("?!") ? true : undefined;
  if (lookahead === undefined) skipGroupHead(reader);
  const item = parseChoice(reader, nesting + 1);
  if (!reader.take(")")) throw new PatternError("a group is not closed");
  return lookahead === undefined ? item : { kind: "lookahead", item, negated: lookahead };
}

function skipGroupHead(reader: PatternReader): void {
  if (!reader.take("?") || reader.take(":")) return;
  if (reader.sees("<=") || reader.sees("<!")) throw new PatternError("look-behind is not supported");
  if (reader.takeMatch(/<[\p{L}_$][\p{L}\p{N}_$]*>/uy) === undefined) {
    throw new PatternError("a group begins in a way that is not supported");
  }
}

function parseRepeat(item: Pattern, reader: PatternReader): Pattern {
  const bounds = parseBounds(reader);
  if (bounds === undefined) return item;
  const [min, max] = bounds;
  if (min > max) throw new PatternError("a repetition has its bounds the wrong way round");
  // Whether it is greedy makes no difference to what matches.
  reader.take("?");
  return { kind: "repeat", item, min, max };
}

function parseBounds(reader: PatternReader): readonly [number, number] | undefined {
  if (reader.take("*")) return [0, Number.POSITIVE_INFINITY];
  if (reader.take("+")) return [1, Number.POSITIVE_INFINITY];
  if (reader.take("?")) return [0, 1];
  const counted = reader.takeMatch(/\{(\d+)(,(\d*))?\}/y);
  if (counted === undefined) return undefined;
  const min = Number(counted[1]);
  if (counted[2] === undefined) return [min, min];
  return [min, counted[3] === "" ? Number.POSITIVE_INFINITY : Number(counted[3])];
}
