import type { CheckProblem } from "./check-value.ts";
import { type Keywords, numberAt } from "./schema.ts";

type Rule = readonly [name: string, holds: (value: number, bound: number) => boolean, reason: string];

const rules: readonly Rule[] = [
  ["minimum", (value, bound) => value >= bound, "no number was found that is so large"],
  ["exclusiveMinimum", (value, bound) => value > bound, "no number was found that is so large"],
  ["maximum", (value, bound) => value <= bound, "no number was found that is so small"],
  ["exclusiveMaximum", (value, bound) => value < bound, "no number was found that is so small"],
  ["multipleOf", (value, bound) => Number.isInteger(value / bound), "no multiple was found in the range"],
];

/** The keyword for numbers that a value violates. */
export function violatedNumberKeyword(value: number, keywords: Keywords): CheckProblem | undefined {
  for (const [name, holds, reason] of rules) {
    const bound = numberAt(keywords, name);
    if (bound !== undefined && !holds(value, bound)) return { path: `${keywords.path}.${name}`, reason };
  }
  return undefined;
}
