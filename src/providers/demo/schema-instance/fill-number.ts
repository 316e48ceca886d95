import type { JsonObject } from "../../../kernel/json.ts";
import type { Random } from "./random.ts";

/** A number that a schema allows; `undefined` where none could be found. */
export function fillNumber(schema: JsonObject, whole: boolean, random: Random): number | undefined {
  const step = typeof schema["multipleOf"] === "number" ? schema["multipleOf"] : whole ? 1 : undefined;
  const [low, high] = boundsOf(schema);
  const from = low ?? (high === undefined ? 0 : high - 100);
  const to = high ?? from + 100;
  if (step !== undefined) return onStep(schema, whole, random, step, from, to);
  const share = random.below(101) / 100;
  const candidates = [round(from + (to - from) * share), (from + to) / 2, from, to];
  return candidates.find((value) => isAllowed(schema, whole, value));
}

function onStep(
  schema: JsonObject,
  whole: boolean,
  random: Random,
  step: number,
  from: number,
  to: number,
): number | undefined {
  const first = Math.ceil(from / step);
  const count = Math.floor(to / step) - first + 1;
  if (count < 1) return undefined;
  const start = random.below(Math.min(count, 1_000));
  for (let tried = 0; tried < Math.min(count, 1_000); tried++) {
    const value = (first + ((start + tried) % Math.min(count, 1_000))) * step;
    if (isAllowed(schema, whole, value)) return value;
  }
  return undefined;
}

function boundsOf(schema: JsonObject): readonly [low: number | undefined, high: number | undefined] {
  const number = (name: string): number | undefined =>
    typeof schema[name] === "number" ? (schema[name] as number) : undefined;
  return [
    largest(number("minimum"), number("exclusiveMinimum")),
    largest(negate(number("maximum")), negate(number("exclusiveMaximum")), true),
  ];
}

function largest(a: number | undefined, b: number | undefined, negated = false): number | undefined {
  const value = a === undefined ? b : b === undefined ? a : Math.max(a, b);
  return negated ? negate(value) : value;
}

function negate(value: number | undefined): number | undefined {
  return value === undefined ? undefined : -value;
}

function isAllowed(schema: JsonObject, whole: boolean, value: number): boolean {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (!Number.isFinite(value) || (whole && !Number.isInteger(value))) return false;
  if (typeof minimum === "number" && value < minimum) return false;
  if (typeof maximum === "number" && value > maximum) return false;
  if (typeof exclusiveMinimum === "number" && value <= exclusiveMinimum) return false;
  return !(typeof exclusiveMaximum === "number" && value >= exclusiveMaximum);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
