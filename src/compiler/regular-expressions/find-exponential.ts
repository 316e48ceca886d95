import { type Automaton, createOverlap, type StepBudget } from "./automaton.ts";
import { findComponents } from "./components.ts";

/**
 * Looks for a position to which a text leads back in two ways. Repeating that text doubles the ways each time, and where
 * the match fails in the end an engine tries them all. Exact for patterns without assertions and backreferences.
 * See Weideman et al., "Analyzing Matching Time Behavior of Backtracking Regular Expression Matchers by Using Ambiguity
 * of NFA", 2016.
 * @returns such a position, or undefined where there is none
 * @throws TooLargeError
 */
export function findExponential(automaton: Automaton, budget: StepBudget): number | undefined {
  const { characters, next, finals } = automaton;
  const overlaps = createOverlap(automaton);
  const size = characters.length;
  const loops = findComponents(next.keys(), (position) => [...(next[position]?.keys() ?? [])]);
  for (const loop of loops) {
    const members = new Set(loop);
    const inside = (position: number): number[] =>
      [...(next[position]?.keys() ?? [])].filter((following) => members.has(following));
    // After a position at which the whole has matched nothing is tried again.
    const pivots = loop.filter((position) => !finals.has(position));
    const doubled = pivots.find((position) => inside(position).some((to) => next[position]?.get(to) === 2));
    if (doubled !== undefined) return doubled;
    const pairs = findComponents(
      pivots.map((position) => position * size + position),
      (pair) => {
        const found: number[] = [];
        for (const one of inside(Math.floor(pair / size))) {
          for (const other of inside(pair % size)) {
            budget.spend();
            if (overlaps(one, other)) found.push(one * size + other);
          }
        }
        return found;
      },
    );
    for (const component of pairs) {
      const isSame = (pair: number): boolean => Math.floor(pair / size) === pair % size;
      const pivot = component.find((pair) => isSame(pair) && !finals.has(pair % size));
      if (pivot !== undefined && !component.every(isSame)) return pivot % size;
    }
  }
  return undefined;
}
