import { type Automaton, createOverlap, type StepBudget } from "./automaton.ts";
import { findComponents } from "./components.ts";

/** A pattern whose time grows with a power of the text's length. */
export interface Polynomial {
  /** The power, at least 2. */
  readonly degree: number;
  /** A position that a text for it is made of. */
  readonly position: number;
}

/**
 * Looks for two loops, the one before the other, that take the same text: `a*a*`. Where the match fails in the end, every
 * way to share the text is tried. See `find-exponential.ts` for the source.
 * @throws TooLargeError
 */
export function findPolynomial(automaton: Automaton, budget: StepBudget): Polynomial | undefined {
  const { next, finals } = automaton;
  const after = (position: number): readonly number[] => [...(next[position]?.keys() ?? [])];
  // Those that are led to come first.
  const loops = findComponents(next.keys(), after).filter((loop) => isLoop(loop, after));
  const overlaps = createOverlap(automaton);
  const degrees: number[] = [];
  let worst: Polynomial | undefined;
  loops.forEach((loop, index) => {
    let degree = 1;
    for (let earlier = 0; earlier < index; earlier++) {
      const later = loops[earlier] ?? [];
      const least = (degrees[earlier] ?? 1) + 1;
      if (least <= degree) continue;
      const position = sharedBy(loop, later);
      if (position === undefined) continue;
      degree = least;
      if (degree > (worst?.degree ?? 1)) worst = { degree, position };
    }
    degrees.push(degree);
  });
  return worst;

  function sharedBy(loop: readonly number[], later: readonly number[]): number | undefined {
    const [first, third] = [new Set(loop), new Set(later)];
    return later.find((end) => !finals.has(end) && loop.some((begin) => isShared(begin, end, first, third)));
  }

  /** Whether one text leads from `begin` to itself, from `begin` to `end`, and from `end` to itself. */
  function isShared(
    begin: number,
    end: number,
    first: ReadonlySet<number>,
    third: ReadonlySet<number>,
  ): boolean {
    const seen = new Set<string>();
    const open: (readonly [number, number, number])[] = [[begin, begin, end]];
    for (let triple = open.pop(); triple !== undefined; triple = open.pop()) {
      const [one, two, three] = triple;
      for (const a of after(one)) {
        if (!first.has(a)) continue;
        for (const c of after(three)) {
          if (!third.has(c) || !overlaps(a, c)) continue;
          for (const b of after(two)) {
            budget.spend();
            if (!overlaps(a, b) || !overlaps(b, c)) continue;
            if (a === begin && b === end && c === end) return true;
            const key = `${a} ${b} ${c}`;
            if (seen.has(key)) continue;
            seen.add(key);
            open.push([a, b, c]);
          }
        }
      }
    }
    return false;
  }
}

function isLoop(component: readonly number[], after: (position: number) => readonly number[]): boolean {
  const [only] = component;
  return component.length > 1 || (only !== undefined && after(only).includes(only));
}
