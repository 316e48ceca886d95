import { CharSet, type Concatenation, type Element, type JS, type Quantifier } from "refa";
import { isEnd, isPureAssertion, startsAnchored } from "./assertions.ts";
import { type Automaton, StepBudget, TooLargeError, type Ways } from "./automaton.ts";

/** What is done with `{2,20}` where writing it out would be too large. */
export type CountedRepetition = "loop" | "once";

/** How an automaton is built. */
export interface BuildOptions {
  /** As a loop without end, or as if it stood there once. */
  readonly counted: CountedRepetition;
  /** Whether a pattern without `^` begins with a loop over everything: an engine tries every place of a text. */
  readonly anywhere: boolean;
}

/** A part of a pattern: where it may begin and end, and in how many ways it takes nothing. */
interface Part {
  readonly first: Ways;
  readonly last: Ways;
  readonly empty: number;
}

const NOTHING: Part = { first: new Map(), last: new Map(), empty: 1 };
const NEVER: Part = { first: new Map(), last: new Map(), empty: 0 };

/** Positions at most, in all and for one repetition that is written out. */
const MAX_POSITIONS = 1_500;
const MAX_WRITTEN_OUT = 150;
/** Steps from position to position. */
const MAX_STEPS = 30_000;
/** Ways through a repetition up to which trying all of them takes no time. */
const FEW_WAYS = 1e8;

/** Builds the automaton of a pattern. @throws TooLargeError */
export function buildAutomaton(
  { expression, maxCharacter }: JS.ParseResult,
  { counted, anywhere }: BuildOptions,
): Automaton {
  const characters: CharSet[] = [];
  const next: Map<number, number>[] = [];
  const budget = new StepBudget(MAX_STEPS);
  const everything = CharSet.all(maxCharacter);
  const nothing = CharSet.empty(maxCharacter);
  const body = alternatives(expression.alternatives);
  const isAnywhere = anywhere && !startsAnchored(expression.alternatives);
  const whole = isAnywhere ? sequence(repeat(position(everything)), body) : body;
  return { characters, next, finals: new Set(whole.last.keys()) };

  function position(taken: CharSet): Part {
    if (characters.length >= MAX_POSITIONS) throw new TooLargeError("too many characters");
    const here = new Map([[characters.length, 1]]);
    characters.push(taken);
    next.push(new Map());
    return { first: here, last: here, empty: 0 };
  }

  function alternatives(list: readonly Concatenation[]): Part {
    const parts = list.map(({ elements }) => elements.map(element).reduce(sequence, NOTHING));
    const all = parts.reduce(either, NEVER);
    return list.every(isPureAssertion) ? { ...all, empty: Math.min(all.empty, 1) } : all;
  }

  function element(read: Element): Part {
    switch (read.type) {
      case "CharacterClass":
        return position(read.characters);
      case "Alternation":
        return alternatives(read.alternatives);
      case "Quantifier":
        return quantified(read);
      case "Assertion":
        // Nothing comes after the end; what other assertions forbid is not taken into account.
        return isEnd(read) ? position(nothing) : NOTHING;
      default:
        return NOTHING;
    }
  }

  function quantified({ min, max, alternatives: list }: Quantifier): Part {
    if (max === 0) return NOTHING;
    const before = characters.length;
    const body = alternatives(list);
    const copies = max === Number.POSITIVE_INFINITY ? Math.max(min, 1) : max;
    const size = characters.length - before;
    const isWritable = size * copies <= MAX_WRITTEN_OUT && waysThrough(list) ** copies <= FEW_WAYS;
    if (max === Number.POSITIVE_INFINITY) {
      const required = isWritable ? Array.from({ length: copies - 1 }, () => alternatives(list)) : [];
      const loop = repeat(body);
      return [...required, min === 0 ? optional(loop) : loop].reduce(sequence);
    }
    if (copies === 1 || (!isWritable && counted === "once")) return min === 0 ? optional(body) : body;
    if (!isWritable) return min === 0 ? optional(repeat(body, min)) : repeat(body, min);
    let rest = NOTHING;
    for (let left = copies; left > 0; left--) {
      const one = left === copies ? body : alternatives(list);
      // From the last one to the first, as `a(a(a)?)?`: so each length is made in one way.
      rest = sequence(one, rest);
      if (left > min && left <= copies) rest = optional(rest);
    }
    return rest;
  }

  function sequence(one: Part, other: Part): Part {
    connect(one.last, other.first, 1);
    return {
      first: sum(one.first, scaled(other.first, one.empty)),
      last: sum(other.last, scaled(one.last, other.empty)),
      empty: Math.min(2, one.empty * other.empty),
    };
  }

  /** Once or more. Rounds that take nothing end a loop, but not the first `least` rounds. */
  function repeat(body: Part, least = 0): Part {
    connect(body.last, body.first, body.empty > 0 && least > 1 ? 2 : 1);
    return body;
  }

  function connect(from: Ways, to: Ways, times: number): void {
    for (const [position, ways] of from) {
      const after = next[position];
      if (after === undefined) continue;
      for (const [following, more] of to) {
        budget.spend();
        after.set(following, Math.min(2, (after.get(following) ?? 0) + ways * more * times));
      }
    }
  }
}

/** Takes nothing, in one way, where that was not possible before; an engine does not tell two empty ways apart. */
function optional(part: Part): Part {
  return { ...part, empty: 1 };
}

function either(one: Part, other: Part): Part {
  return {
    first: sum(one.first, other.first),
    last: sum(one.last, other.last),
    empty: Math.min(2, one.empty + other.empty),
  };
}

function sum(one: Ways, other: Ways): Ways {
  if (one.size === 0) return other;
  const both = new Map(one);
  for (const [position, ways] of other) both.set(position, Math.min(2, (both.get(position) ?? 0) + ways));
  return both;
}

function scaled(ways: Ways, times: number): Ways {
  if (times === 1) return ways;
  return times === 0 ? new Map() : new Map([...ways].map(([position]) => [position, 2]));
}

/** How many choices there are on the way through, at most: of alternatives and of numbers of repetitions. */
function waysThrough(list: readonly Concatenation[]): number {
  return list
    .map(({ elements }) => elements.map(waysOf).reduce((all, ways) => all * ways, 1))
    .reduce((all, ways) => all + ways, 0);
}

function waysOf(element: Element): number {
  if (element.type === "Alternation") return waysThrough(element.alternatives);
  if (element.type !== "Quantifier") return 1;
  const { min, max, alternatives } = element;
  return (max - min + 1) * waysThrough(alternatives) ** Math.min(max, 1e6);
}
