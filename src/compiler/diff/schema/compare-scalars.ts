import { compareNumbers, numberKeywords } from "./compare-numbers.ts";
import { broken, type Comparison, changed, type SchemaBreak } from "./comparison.ts";
import { type JsonType, listedValues, mayBe, type SchemaObject, typesOf } from "./json-schema.ts";

/** A keyword that bounds a count, of values of one type. */
interface CountBound {
  readonly keyword: string;
  readonly type: JsonType;
  readonly isLower: boolean;
  readonly countOf: (value: unknown) => number;
}

const sizeOf = (value: unknown): number => Object.keys(value ?? {}).length;
// JSON Schema counts the characters of a string, not its code units.
const lengthOf = (value: unknown): number => (typeof value === "string" ? [...value].length : 0);

const COUNT_BOUNDS: readonly CountBound[] = [
  { keyword: "minLength", type: "string", isLower: true, countOf: lengthOf },
  { keyword: "maxLength", type: "string", isLower: false, countOf: lengthOf },
  { keyword: "minItems", type: "array", isLower: true, countOf: sizeOf },
  { keyword: "maxItems", type: "array", isLower: false, countOf: sizeOf },
  { keyword: "minProperties", type: "object", isLower: true, countOf: sizeOf },
  { keyword: "maxProperties", type: "object", isLower: false, countOf: sizeOf },
];

/** Keywords that `compareScalars` judges. */
export const scalarKeywords: readonly string[] = [
  ...COUNT_BOUNDS.map(({ keyword }) => keyword),
  ...numberKeywords,
];

/** Judges bounds of numbers, lengths and counts. */
export function compareScalars(
  comparison: Comparison,
  inner: SchemaObject,
  outer: SchemaObject,
): readonly SchemaBreak[] {
  const types = typesOf(inner);
  const counts = COUNT_BOUNDS.filter(({ type }) => mayBe(types, type));
  return [
    ...counts.flatMap((bound) => compareCount(comparison, bound, inner, outer)),
    ...(mayBe(types, "number") ? compareNumbers(comparison, inner, outer) : []),
  ];
}

function compareCount(
  comparison: Comparison,
  { keyword, type, isLower, countOf }: CountBound,
  inner: SchemaObject,
  outer: SchemaObject,
): readonly SchemaBreak[] {
  const [has, allows] = [countIn(inner[keyword], isLower), countIn(outer[keyword], isLower)];
  const isWithin = (count: number): boolean => (isLower ? count >= allows : count <= allows);
  const listed = listedValues(inner)?.filter((value) => typesOf({ const: value }).includes(type));
  if (isWithin(has) || listed?.every((value) => isWithin(countOf(value)))) return [];
  return [broken(`${keyword} ${changed(comparison, countText(has), countText(allows))}`)];
}

function countIn(value: unknown, isLower: boolean): number {
  if (typeof value === "number") return value;
  return isLower ? 0 : Number.POSITIVE_INFINITY;
}

function countText(count: number): string {
  return Number.isFinite(count) ? String(count) : "none";
}
