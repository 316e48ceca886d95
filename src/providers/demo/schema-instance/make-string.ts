import { violatedStringKeyword } from "./check-string.ts";
import { formatNamed, type StringFormat } from "./formats.ts";
import type { Making } from "./making.ts";
import { patternCandidates } from "./pattern-candidates.ts";
import { type Keywords, numberAt, SchemaError, stringAt } from "./schema.ts";

/** Characters of the message that a string takes. */
const MAX_TEXT = 120;
/** Characters of a string that a schema may ask for. */
const MAX_LENGTH = 100_000;
const FORMAT_TRIES = 20;
const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];

/**
 * A string that holds in all parts: of the format or the pattern that is asked for, else the message's text as
 * far as it fits. @throws SchemaError.
 */
export function makeString(parts: readonly Keywords[], making: Making): string {
  const { document } = making;
  const path = parts[0]?.path ?? "";
  let failure = { path, reason: "no string holds" };
  for (const candidate of candidates(parts, making)) {
    const violated = parts
      .map((part) => violatedStringKeyword(candidate, part, document))
      .find((problem) => problem !== undefined);
    if (violated === undefined) {
      document.spendCharacters(candidate.length, path);
      return candidate;
    }
    failure = violated;
  }
  throw new SchemaError(failure.path, failure.reason);
}

function* candidates(parts: readonly Keywords[], making: Making): Generator<string> {
  const length = lengthBounds(parts);
  const formats = parts.flatMap(
    (part): StringFormat | readonly StringFormat[] => formatNamed(stringAt(part, "format")) ?? [],
  );
  for (const format of formats) {
    for (let attempt = 0; attempt < FORMAT_TRIES; attempt++) yield format.make(making.random);
  }
  const sources = parts.flatMap((part) => {
    const source = stringAt(part, "pattern");
    return source === undefined ? [] : [{ source, path: `${part.path}.pattern` }];
  });
  if (formats.length === 0) yield fittingText(making, length);
  yield* patternCandidates(sources, making, length);
}

/** Least and greatest length of a string, in code points. */
export interface LengthBounds {
  readonly min: number;
  readonly max: number;
}

function lengthBounds(parts: readonly Keywords[]): LengthBounds {
  const bounds = {
    min: Math.max(0, ...parts.flatMap((part) => numberAt(part, "minLength") ?? [])),
    max: Math.min(Number.POSITIVE_INFINITY, ...parts.flatMap((part) => numberAt(part, "maxLength") ?? [])),
  };
  if (bounds.min > bounds.max) {
    const part = parts.find((candidate) => numberAt(candidate, "maxLength") === bounds.max);
    throw new SchemaError(`${part?.path ?? ""}.maxLength`, "it is less than the least length");
  }
  const tooLong = parts.find((part) => (numberAt(part, "minLength") ?? 0) > MAX_LENGTH);
  if (tooLong === undefined) return bounds;
  const reason = `the demo provider makes at most ${MAX_LENGTH} characters`;
  throw new SchemaError(`${tooLong.path}.minLength`, reason, true);
}

/** The message's text within bounds: cut where it is too long, repeated where it is too short. */
function fittingText({ text, variety, random }: Making, { min, max }: LengthBounds): string {
  if (variety > 0) return letters(Math.min(Math.max(min, 1 + (variety % 8)), max), random.pick);
  const source = text.trim() === "" ? "demo" : text.toWellFormed();
  const taken = Array.from(source.slice(0, 2 * MAX_TEXT)).slice(0, Math.min(max, Math.max(min, MAX_TEXT)));
  if (taken.length >= min) return taken.join("");
  const unit = Array.from(`${taken.join("")} `);
  return Array.from({ length: min }, (_, index) => unit[index % unit.length]).join("");
}

function letters(length: number, pick: (from: readonly string[]) => string): string {
  return Array.from({ length }, () => pick(LETTERS)).join("");
}
