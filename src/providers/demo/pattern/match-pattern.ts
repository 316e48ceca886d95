import { wordCharacters } from "./char-set.ts";
import { type Pattern, PatternError } from "./pattern.ts";

/** Steps after which matching is given up. */
const MAX_STEPS = 1_000_000;

/**
 * Whether a pattern matches somewhere in a text. Unlike the engine's own expressions it walks all alternatives
 * side by side, so no pattern of a caller can make it take exponential time.
 * @throws PatternError when it takes too many steps.
 */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  const matcher = new Matcher(Array.from(text, (character) => character.codePointAt(0) ?? 0));
  return matcher.matchesAnywhere(pattern);
}

type Positions = ReadonlySet<number>;

class Matcher {
  readonly #text: readonly number[];
  #steps = 0;

  constructor(text: readonly number[]) {
    this.#text = text;
  }

  matchesAnywhere(pattern: Pattern): boolean {
    const everywhere = new Set(this.#text.keys());
    return this.#ends(pattern, everywhere.add(this.#text.length)).size > 0;
  }

  /** Where a match may end that begins at one of some positions. */
  #ends(pattern: Pattern, starts: Positions): Positions {
    this.#steps += starts.size + 1;
    if (this.#steps > MAX_STEPS) throw new PatternError("it takes too long to match");
    switch (pattern.kind) {
      case "set":
        return this.#step(pattern.set.has, starts);
      case "sequence":
        return pattern.items.reduce((from, item) => this.#ends(item, from), starts);
      case "choice":
        return new Set(pattern.options.flatMap((option) => [...this.#ends(option, starts)]));
      case "repeat":
        return this.#repeat(pattern, starts);
      case "start":
        return new Set(starts.has(0) ? [0] : []);
      case "end":
        return new Set(starts.has(this.#text.length) ? [this.#text.length] : []);
      case "boundary":
        return this.#keep(starts, (at) => (this.#isWord(at - 1) !== this.#isWord(at)) !== pattern.negated);
      case "lookahead":
        return this.#keep(
          starts,
          (at) => this.#ends(pattern.item, new Set([at])).size > 0 !== pattern.negated,
        );
    }
  }

  #step(has: (codePoint: number) => boolean, starts: Positions): Positions {
    const ends = new Set<number>();
    for (const at of starts) {
      const codePoint = this.#text[at];
      if (codePoint !== undefined && has(codePoint)) ends.add(at + 1);
    }
    return ends;
  }

  #repeat({ item, min, max }: Pattern & { kind: "repeat" }, starts: Positions): Positions {
    let current = starts;
    for (let count = 0; count < min; count++) {
      const next = this.#ends(item, current);
      // Once nothing changes, nothing will.
      if (next.size === current.size && next.isSubsetOf(current)) break;
      current = next;
    }
    const ends = new Set(current);
    for (let count = min; count < max && current.size > 0; count++) {
      current = this.#ends(item, current).difference(ends);
      for (const end of current) ends.add(end);
    }
    return ends;
  }

  #keep(starts: Positions, holds: (at: number) => boolean): Positions {
    return new Set([...starts].filter(holds));
  }

  #isWord(at: number): boolean {
    const codePoint = this.#text[at];
    return codePoint !== undefined && wordCharacters.has(codePoint);
  }
}
