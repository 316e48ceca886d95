import type { Random } from "../schema-instance/random.ts";
import { sampleOf } from "./char-set.ts";
import { type Pattern, PatternError } from "./pattern.ts";

/** Characters that a sample may have. */
const MAX_SAMPLE = 20_000;
/** Nodes that may be visited for it; repetitions of nothing make no characters. */
const MAX_VISITS = 200_000;

/** How often repetitions are taken beyond their minimum. */
export interface Generosity {
  readonly extra: number;
  /** Exactly so often where their maximum allows it; else any number up to it. */
  readonly exact: boolean;
}

/**
 * A text that a pattern may match: what it says about characters is kept, its look-aheads and boundaries are
 * not, so the result has to be matched against it.
 * @throws PatternError when the text would be too long or a class is empty.
 */
export function samplePattern(pattern: Pattern, random: Random, generosity: Generosity): string {
  const characters: string[] = [];
  let visits = 0;
  write(pattern);
  return characters.join("");

  function write(node: Pattern): void {
    if (visits++ > MAX_VISITS) throw new PatternError("it takes too long to follow");
    switch (node.kind) {
      case "set":
        if (characters.length >= MAX_SAMPLE) throw new PatternError("what it matches is too long");
        characters.push(String.fromCodePoint(sampleOf(node.set, random)));
        return;
      case "sequence":
        for (const item of node.items) write(item);
        return;
      case "choice":
        write(random.pick(node.options));
        return;
      case "repeat":
        for (let left = timesOf(node, random, generosity); left > 0; left--) write(node.item);
        return;
      default:
        return;
    }
  }
}

function timesOf(
  { min, max }: Pattern & { kind: "repeat" },
  random: Random,
  { extra, exact }: Generosity,
): number {
  if (min > MAX_SAMPLE) throw new PatternError("what it matches is too long");
  const spare = Math.min(max - min, extra);
  return min + (exact ? spare : random.below(spare + 1));
}
