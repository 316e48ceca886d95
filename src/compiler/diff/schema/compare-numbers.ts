import { broken, type Comparison, changed, type SchemaBreak } from "./comparison.ts";
import { listedValues, type SchemaObject, typesOf } from "./json-schema.ts";

/** One end of a range. The upper end is kept with its sign turned, so that greater is narrower at both ends. */
interface End {
  readonly value: number;
  readonly isExclusive: boolean;
  /** As the schema writes it: `minimum 0`, or `none`. */
  readonly text: string;
}

interface Side {
  readonly inclusive: string;
  readonly exclusive: string;
  readonly sign: 1 | -1;
}

const SIDES: readonly Side[] = [
  { inclusive: "minimum", exclusive: "exclusiveMinimum", sign: 1 },
  { inclusive: "maximum", exclusive: "exclusiveMaximum", sign: -1 },
];

/** Keywords that `compareNumbers` judges. */
export const numberKeywords: readonly string[] = [
  ...SIDES.flatMap(({ inclusive, exclusive }) => [inclusive, exclusive]),
  "multipleOf",
];

/** Judges the range and the steps of numbers. */
export function compareNumbers(
  comparison: Comparison,
  inner: SchemaObject,
  outer: SchemaObject,
): readonly SchemaBreak[] {
  const listed = listedValues(inner)?.filter((value) => typeof value === "number");
  const ends = SIDES.flatMap((side) => {
    const [has, allows] = [endOf(inner, side), endOf(outer, side)];
    const isFine = !isNarrower(allows, has) || listed?.every((value) => lies(value * side.sign, allows));
    return isFine ? [] : [broken(changed(comparison, has.text, allows.text))];
  });
  return [...ends, ...compareSteps(comparison, inner, outer, listed)];
}

function endOf(schema: SchemaObject, { inclusive, exclusive, sign }: Side): End {
  const none: End = { value: Number.NEGATIVE_INFINITY, isExclusive: false, text: `no ${inclusive}` };
  const ends = [inclusive, exclusive].flatMap((keyword): End[] => {
    const value = schema[keyword];
    if (typeof value !== "number") return [];
    return [{ value: value * sign, isExclusive: keyword === exclusive, text: `${keyword} ${value}` }];
  });
  return ends.reduce((narrowest, end) => (isNarrower(end, narrowest) ? end : narrowest), none);
}

function isNarrower(a: End, b: End): boolean {
  return a.value > b.value || (a.value === b.value && a.isExclusive && !b.isExclusive);
}

function lies(value: number, end: End): boolean {
  return end.isExclusive ? value > end.value : value >= end.value;
}

function compareSteps(
  comparison: Comparison,
  inner: SchemaObject,
  outer: SchemaObject,
  listed: readonly number[] | undefined,
): readonly SchemaBreak[] {
  const step = outer["multipleOf"];
  if (typeof step !== "number") return [];
  const isWhole = typesOf(inner).every((type) => type !== "number");
  const own = inner["multipleOf"] ?? (isWhole ? 1 : undefined);
  if (typeof own === "number" && Number.isInteger(own / step)) return [];
  if (listed?.every((value) => Number.isInteger(value / step))) return [];
  const text = (value: unknown): string => (typeof value === "number" ? `multipleOf ${value}` : "any step");
  return [broken(changed(comparison, text(inner["multipleOf"]), text(step)))];
}
