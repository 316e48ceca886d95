import type { ArtifactLimit } from "../../../artifact/artifact.ts";
import type { GraphDeclaration } from "../../evaluate/graph.ts";
import { declarationOf, listOf, numberBetween, type ReadContext, wholeNumber } from "../reader.ts";
import { optional, readShape, required, type Shape, type Shaped } from "../shape.ts";
import { duration, money, oneOf, timeZone } from "../values.ts";

/** Options of everything that limits and budgets can be put on: ids of their declarations. */
export const policyOptions = {
  limits: optional(listOf(declarationOf("limit"))),
  budget: optional(declarationOf("budget")),
} satisfies Shape;

/** Options of a budget. */
export const budgetShape = {
  limit: required(money),
  per: required(oneOf(["hour", "day", "week", "month"])),
  timeZone: optional(timeZone),
  warnAt: optional(listOf(numberBetween(0, 1))),
  enforce: optional(oneOf(["hard", "soft"])),
} satisfies Shape;

/** Options of a price plan. */
export const planShape = {
  perCall: optional(money),
  perThousandCalls: optional(money),
  perMillionInputTokens: optional(money),
  perMillionOutputTokens: optional(money),
  perMonth: optional(money),
  includedCalls: optional(wholeNumber(0)),
  includedTokens: optional(wholeNumber(0)),
} satisfies Shape;

export type ReadBudget = Shaped<typeof budgetShape>;
export type ReadPlan = Shaped<typeof planShape>;

const COUNTED = {
  requests: "requests",
  tokens: "tokens",
  inputTokens: "input-tokens",
  outputTokens: "output-tokens",
  concurrent: "concurrent",
} as const;

const limitShape = {
  requests: optional(wholeNumber(1)),
  tokens: optional(wholeNumber(1)),
  inputTokens: optional(wholeNumber(1)),
  outputTokens: optional(wholeNumber(1)),
  concurrent: optional(wholeNumber(1)),
  per: optional(duration(1_000, 366 * 86_400_000)),
} satisfies Shape;

/** A limit, or undefined where it is wrong. */
export function readLimit(
  { fields }: GraphDeclaration,
  id: number,
  context: ReadContext,
): ArtifactLimit | undefined {
  const at = { declaration: id, path: [] };
  const options = readShape(limitShape, fields, at, context);
  const names = Object.keys(COUNTED).filter((name) =>
    Object.hasOwn(fields, name),
  ) as (keyof typeof COUNTED)[];
  const [name] = names;
  if (name === undefined || names.length > 1) {
    const words = Object.keys(COUNTED).join(", ");
    const problem = name === undefined ? "counts nothing" : `counts ${names.join(" and ")} at once`;
    context.report.add("LK1103", `a limit ${problem}; give one of ${words}`, { at });
    return undefined;
  }
  const hasWindow = Object.hasOwn(fields, "per");
  if (name === "concurrent" ? hasWindow : !hasWindow) {
    if (hasWindow)
      context.report.add("LK1101", "a limit of calls under way has no window: remove per", { at });
    else context.report.add("LK1103", "the option per is missing", { at });
    return undefined;
  }
  const limit = options[name];
  if (limit === undefined || (hasWindow && options.per === undefined)) return undefined;
  return { counts: COUNTED[name], limit, windowMs: options.per ?? null };
}
