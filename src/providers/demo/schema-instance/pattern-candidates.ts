import { PatternError } from "../pattern/pattern.ts";
import { type Generosity, samplePattern } from "../pattern/sample-pattern.ts";
import type { LengthBounds } from "./make-string.ts";
import type { Making } from "./making.ts";
import { SchemaError } from "./schema.ts";

/** A pattern and where it stands. */
export interface PatternSource {
  readonly source: string;
  readonly path: string;
}

/** Lengthens what matches a pattern that is open at an end. */
const FILLER = "a";
const LOOSE_TRIES = 40;
const EXACT_TRIES = 300;

/**
 * Texts that may match some patterns at once: samples of each alone, and samples of all one after another,
 * which is what prefix, infix and suffix together need. Repetitions are taken a few times at first, then so
 * often that the length fits.
 */
export function* patternCandidates(
  sources: readonly PatternSource[],
  making: Making,
  length: LengthBounds,
): Generator<string> {
  if (sources.length === 0) return;
  for (const generosity of generosities(length)) {
    const samples = sources.map((source) => sample(source, making, generosity));
    for (const text of samples) {
      yield text;
      if (text.length >= length.min) continue;
      yield text.padEnd(length.min, FILLER);
      yield text.padStart(length.min, FILLER);
    }
    if (samples.length === 1) continue;
    yield inOrderOfAnchors(sources, samples).join("");
  }
}

function* generosities({ min, max }: LengthBounds): Generator<Generosity> {
  const wide = Math.min(Math.max(8, min * 2), max);
  for (let attempt = 0; attempt < LOOSE_TRIES; attempt++) {
    yield { extra: attempt < LOOSE_TRIES / 2 ? Math.min(3 + attempt, wide) : wide, exact: false };
  }
  // Beyond the length that is asked for there is nothing to gain.
  const most = Math.min(EXACT_TRIES, Number.isFinite(max) ? max : Math.max(min, LOOSE_TRIES));
  // The first of these bring one repetition to exactly the length, the others all repetitions together.
  yield { extra: min, exact: true };
  for (let extra = 0; extra <= most; extra++) {
    yield { extra, exact: true };
    if (min > extra) yield { extra: min - extra, exact: true };
  }
}

function sample({ source, path }: PatternSource, making: Making, generosity: Generosity): string {
  try {
    return samplePattern(making.document.pattern(source, path), making.random, generosity);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new SchemaError(path, `the pattern \`${source}\` cannot be followed: ${error.message}`);
  }
}

/** Samples of patterns that begin with `^` first, of those that end with `$` last. */
function inOrderOfAnchors(sources: readonly PatternSource[], samples: readonly string[]): readonly string[] {
  const rank = (source: string): number => (source.startsWith("^") ? 0 : source.endsWith("$") ? 2 : 1);
  return samples
    .map((text, index) => ({ text, rank: rank(sources[index]?.source ?? "") }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ text }) => text);
}
