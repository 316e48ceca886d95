import { isSame } from "../match.ts";
import { arrayKeywords } from "./compare-arrays.ts";
import { objectKeywords } from "./compare-objects.ts";
import { scalarKeywords } from "./compare-scalars.ts";
import { broken, type Comparison, changed, type SchemaBreak } from "./comparison.ts";
import { constraintsOf, type JsonType, mayBe, type SchemaObject, typesOf } from "./json-schema.ts";
import { holdsRef } from "./resolve-ref.ts";

/** Keywords that are judged by their meaning elsewhere. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  ..."type enum const allOf anyOf oneOf".split(" "),
  ...scalarKeywords,
  ...objectKeywords,
  ...arrayKeywords,
]);

/** Keywords that only ever refuse values, so that going without one is safe; with the type they speak of. */
const REFUSING: ReadonlyMap<string, JsonType | undefined> = new Map([
  ...["pattern", "format", "contentEncoding", "contentMediaType", "contentSchema"].map(
    (keyword) => [keyword, "string"] as const,
  ),
  ...["propertyNames", "dependentRequired", "dependentSchemas"].map(
    (keyword) => [keyword, "object"] as const,
  ),
  ["uniqueItems", "array"],
  ["not", undefined],
]);

/**
 * Judges keywords by their text alone: those whose meaning is out of reach and those that are unknown. Any
 * change that may refuse a value counts as breaking.
 */
export function compareOpaque(
  comparison: Comparison,
  inner: SchemaObject,
  outer: SchemaObject,
): readonly SchemaBreak[] {
  const types = typesOf(inner);
  const keywords = new Set(
    [...constraintsOf(inner), ...constraintsOf(outer)].filter((one) => !UNDERSTOOD.has(one)),
  );
  return [...keywords].flatMap((keyword) => {
    const [own, allowed] = [inner[keyword], outer[keyword]];
    if (isOpaquelySame(comparison, own, allowed)) return [];
    if (!REFUSING.has(keyword)) return [broken(`${keyword} changed, which may break callers`)];
    const type = REFUSING.get(keyword);
    if (allowed === undefined || allowed === false || (type !== undefined && !mayBe(types, type))) return [];
    return [broken(`${keyword} ${changed(comparison, textOf(own), textOf(allowed))}`)];
  });
}

/** Whether two values are the same and also mean the same: what they refer to counts. */
export function isOpaquelySame({ roots }: Comparison, own: unknown, allowed: unknown): boolean {
  return isSame(own, allowed) && (!holdsRef(own) || isSame(roots.inner, roots.outer));
}

function textOf(value: unknown): string {
  return value === undefined ? "none" : JSON.stringify(value);
}
