import { type Comparison, type SchemaBreak, within } from "./comparison.ts";
import { asSchema, type Schema, type SchemaObject, schemasIn } from "./json-schema.ts";

/** Keywords that `compareArrays` judges. */
export const arrayKeywords: readonly string[] = ["items", "prefixItems"];

/** Judges the items of arrays, those that have a place of their own first. */
export function compareArrays(
  { compare }: Comparison,
  inner: SchemaObject,
  outer: SchemaObject,
): readonly SchemaBreak[] {
  const most = typeof inner["maxItems"] === "number" ? inner["maxItems"] : Number.POSITIVE_INFINITY;
  const placed = Math.max(schemasIn(inner["prefixItems"]).length, schemasIn(outer["prefixItems"]).length);
  const places = Array.from({ length: Math.min(placed, most) }, (_, index) => index);
  const rest = most > placed ? within("[]", compare(itemOf(inner, placed), itemOf(outer, placed))) : [];
  return [
    ...places.flatMap((index) => within(`[${index}]`, compare(itemOf(inner, index), itemOf(outer, index)))),
    ...rest,
  ];
}

function itemOf(schema: SchemaObject, index: number): Schema {
  return schemasIn(schema["prefixItems"])[index] ?? asSchema(schema["items"] ?? true);
}
