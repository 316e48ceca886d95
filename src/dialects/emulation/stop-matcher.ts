/** What may be told of a text so far, and the stop text that has ended it. */
export interface MatchedText {
  readonly text: string;
  /** Present once: nothing is to be told after it. */
  readonly stop?: string;
}

/** A stop text with what is needed to find it in one pass. */
interface Pattern {
  readonly text: string;
  /** By the units that match: how many of them still do after the next one has not (Knuth, Morris, Pratt). */
  readonly fallback: readonly number[];
}

/** Stop texts, prepared once for a request. */
export type StopPatterns = readonly Pattern[];

/** Prepares stop texts; empty ones are left out. */
export function stopPatterns(stops: readonly string[]): StopPatterns {
  return [...new Set(stops)]
    .filter((text) => text !== "")
    .map((text) => ({ text, fallback: fallbackOf(text) }));
}

function fallbackOf(text: string): readonly number[] {
  const fallback = [0, 0];
  let matching = 0;
  for (let at = 1; at < text.length; at++) {
    while (matching > 0 && text[at] !== text[matching]) matching = fallback[matching] ?? 0;
    if (text[at] === text[matching]) matching++;
    fallback.push(matching);
  }
  return fallback;
}

/**
 * Looks for stop texts in a text that comes in pieces. The one whose last character comes first ends the text, as it
 * does where a model is stopped while it writes; of those that end together it is the longest. Only what could begin a
 * stop text is held back.
 */
export class StopMatcher {
  readonly #patterns: StopPatterns;
  /** By pattern: how many of its units the end of the text matches. */
  readonly #matching: number[];
  #held = "";

  constructor(patterns: StopPatterns) {
    this.#patterns = patterns;
    this.#matching = patterns.map(() => 0);
  }

  /** Takes a piece; answers what may be told now. */
  feed(piece: string): MatchedText {
    const text = this.#held + piece;
    for (let at = this.#held.length; at < text.length; at++) {
      const stop = this.#step(text.charCodeAt(at));
      if (stop !== undefined) return { text: text.slice(0, at + 1 - stop.length), stop };
    }
    const held = this.#matching.reduce((most, count) => Math.max(most, count), 0);
    this.#held = text.slice(text.length - held);
    return { text: text.slice(0, text.length - held) };
  }

  /** The text is over: what was held back is part of it after all. */
  end(): string {
    const held = this.#held;
    this.#held = "";
    return held;
  }

  /** Takes one unit; answers the stop text that it completes. */
  #step(unit: number): string | undefined {
    let found: string | undefined;
    for (const [index, { text, fallback }] of this.#patterns.entries()) {
      let matching = this.#matching[index] ?? 0;
      while (matching > 0 && text.charCodeAt(matching) !== unit) matching = fallback[matching] ?? 0;
      if (text.charCodeAt(matching) === unit) matching++;
      this.#matching[index] = matching;
      if (matching === text.length && text.length > (found?.length ?? 0)) found = text;
    }
    return found;
  }
}
