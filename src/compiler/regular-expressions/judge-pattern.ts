import { type CharSet, type Expression, JS } from "refa";
import { type Automaton, StepBudget, TooLargeError } from "./automaton.ts";
import { buildAutomaton } from "./build-automaton.ts";
import { findExponential } from "./find-exponential.ts";
import { findPolynomial } from "./find-polynomial.ts";

/** How the time that a pattern takes grows with the length of a text that it does not match. */
export type PatternJudgement =
  | { readonly growth: "linear" }
  /** Twice the time for a few characters more. `character`: what such a text may consist of. */
  | { readonly growth: "exponential"; readonly character: string }
  /** With a power of the length. */
  | { readonly growth: "polynomial"; readonly degree: number; readonly character: string }
  /** It is too large to be told. */
  | { readonly growth: "unknown" };

/** Steps of one search: a tenth of a second at most, and some thousands for the patterns that people write. */
const MAX_STEPS = 300_000;
const MAX_CHARACTERS = 5_000;

const known = new Map<string, PatternJudgement>();

/** Judges a regular expression of JavaScript that is valid. What was judged once is remembered. */
export function judgePattern(source: string, flags: string): PatternJudgement {
  const key = `${flags}/${source}`;
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  const judgement = judge(source, flags);
  known.set(key, judgement);
  return judgement;
}

function judge(source: string, flags: string): PatternJudgement {
  if (source.length > MAX_CHARACTERS) return { growth: "unknown" };
  try {
    const parser = JS.Parser.fromLiteral({ source, flags });
    const parsed = parser.parse({ backreferences: "unknown", maxBackreferenceWords: 0, simplify: false });
    const judgements = [parsed.expression, ...lookarounds(parsed.expression)].map((expression, index) =>
      judgeExpression({ ...parsed, expression }, index === 0),
    );
    return judgements.reduce(worse);
  } catch (thrown) {
    if (thrown instanceof TooLargeError || thrown instanceof RangeError || thrown instanceof SyntaxError)
      return { growth: "unknown" };
    throw thrown;
  }
}

function judgeExpression(parsed: JS.ParseResult, isWhole: boolean): PatternJudgement {
  const looped = buildAutomaton(parsed, { counted: "loop", anywhere: false });
  const exponential = findExponential(looped, new StepBudget(MAX_STEPS));
  if (exponential !== undefined)
    return { growth: "exponential", character: characterAt(looped, exponential) };
  const once = buildAutomaton(parsed, { counted: "once", anywhere: isWhole });
  const polynomial = findPolynomial(once, new StepBudget(MAX_STEPS));
  if (polynomial === undefined) return { growth: "linear" };
  const { degree, position } = polynomial;
  return { growth: "polynomial", degree, character: characterAt(once, position) };
}

/** What is looked for ahead and behind is matched by itself, each time from one place. */
function lookarounds(expression: Expression): readonly Expression[] {
  const found: Expression[] = [];
  const visit = (alternatives: Expression["alternatives"]): void => {
    for (const element of alternatives.flatMap(({ elements }) => elements)) {
      if (element.type === "Assertion")
        found.push({ type: "Expression", parent: null, alternatives: element.alternatives });
      if (element.type !== "CharacterClass" && element.type !== "Unknown") visit(element.alternatives);
    }
  };
  visit(expression.alternatives);
  return found;
}

const GRADES = ["linear", "polynomial", "unknown", "exponential"] as const;

function worse(one: PatternJudgement, other: PatternJudgement): PatternJudgement {
  const [grade, another] = [GRADES.indexOf(one.growth), GRADES.indexOf(other.growth)];
  if (one.growth === "polynomial" && other.growth === "polynomial")
    return other.degree > one.degree ? other : one;
  return another > grade ? other : one;
}

/** A character of a position, one that people can read if there is one. */
function characterAt({ characters }: Automaton, position: number): string {
  const set: CharSet | undefined = characters[position];
  const readable = [..."aA0-_ "].find((character) => set?.has(character.codePointAt(0) ?? 0));
  return readable ?? String.fromCodePoint(set?.ranges[0]?.min ?? 97);
}
