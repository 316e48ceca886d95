import { formatKeyword } from "../keywords.ts";
import { type Check, type CheckedSchema, type Issues, isObject } from "./check.ts";

type Rule<T> = (value: T, found: Issues) => void;

/** Checks a text. Lengths count UTF-16 code units, as Zod does. */
export function checkText(schema: CheckedSchema): Check {
  const rules: Rule<string>[] = [];
  const { minLength, maxLength, pattern, [formatKeyword]: format } = schema;
  if (typeof minLength === "number") {
    rules.push((text, found) => {
      if (text.length < minLength) found.add(`must have at least ${counted(minLength)}`);
    });
  }
  if (typeof maxLength === "number") {
    rules.push((text, found) => {
      if (text.length > maxLength) found.add(`must have at most ${counted(maxLength)}`);
    });
  }
  const patterns: Rule<string>[] = [];
  if (typeof pattern === "string") patterns.push(matches(pattern, `must match ${pattern}`));
  if (isObject(format))
    patterns.push(matches(String(format["pattern"]), `must be a valid ${format["format"]}`));
  // Patterns may take long on texts that are longer than they were made for.
  const longest = typeof maxLength === "number" ? maxLength : Number.POSITIVE_INFINITY;
  return (value, found) => {
    if (typeof value !== "string") found.add("must be a string");
    else {
      for (const rule of rules) rule(value, found);
      if (value.length <= longest) for (const rule of patterns) rule(value, found);
    }
    return value;
  };
}

function matches(pattern: string, message: string): Rule<string> {
  const expression = new RegExp(pattern);
  return (text, found) => {
    if (!expression.test(text)) found.add(message);
  };
}

function counted(length: number): string {
  return `${length} character${length === 1 ? "" : "s"}`;
}

const BOUNDS: readonly (readonly [string, string, (value: number, bound: number) => boolean])[] = [
  ["minimum", "at least", (value, bound) => value >= bound],
  ["maximum", "at most", (value, bound) => value <= bound],
  ["exclusiveMinimum", "more than", (value, bound) => value > bound],
  ["exclusiveMaximum", "less than", (value, bound) => value < bound],
];

/** Checks a number. What is too large for a number, such as `1e999`, is none. */
export function checkNumber(schema: CheckedSchema): Check {
  const isInteger = schema["type"] === "integer";
  const rules: Rule<number>[] = [];
  for (const [keyword, words, holds] of BOUNDS) {
    const bound = schema[keyword];
    if (typeof bound !== "number") continue;
    rules.push((value, found) => {
      if (!holds(value, bound)) found.add(`must be ${words} ${bound}`);
    });
  }
  const step = schema["multipleOf"];
  if (typeof step === "number") {
    rules.push((value, found) => {
      if (!isMultiple(value, step)) found.add(`must be a multiple of ${step}`);
    });
  }
  return (value, found) => {
    if (typeof value !== "number" || !Number.isFinite(value)) found.add("must be a number");
    else if (isInteger && !Number.isInteger(value)) found.add("must be an integer");
    else for (const rule of rules) rule(value, found);
    return value;
  };
}

/**
 * As far as floating point can tell: 0.3 is a multiple of 0.1. The value and the step are each rounded before
 * their quotient is, so that it lies up to 1.5 roundings beside the whole number; Zod allows 4, and so it is here.
 */
function isMultiple(value: number, step: number): boolean {
  const ratio = value / step;
  return Math.abs(ratio - Math.round(ratio)) < 4 * Number.EPSILON * Math.max(1, Math.abs(ratio));
}

/** Checks that a value is one of a few scalars. */
export function checkOneOf(values: readonly unknown[]): Check {
  const allowed = new Set(values);
  const [only] = values;
  const message =
    values.length === 1
      ? `must be ${JSON.stringify(only)}`
      : `must be one of ${values.map((value) => JSON.stringify(value)).join(", ")}`;
  return (value, found) => {
    if (!allowed.has(value)) found.add(message);
    return value;
  };
}

/** Checks a type without further rules. */
export function checkType(message: string, holds: (value: unknown) => boolean): Check {
  return (value, found) => {
    if (!holds(value)) found.add(message);
    return value;
  };
}
