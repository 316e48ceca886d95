import { broken, type Comparison, type SchemaBreak, unexpected, within } from "./comparison.ts";
import { asSchema, isOpen, type Schema, type SchemaObject, schemaMap, textsIn } from "./json-schema.ts";

/** Keywords that `compareObjects` judges. */
export const objectKeywords: readonly string[] = ["properties", "required", "additionalProperties"];

/**
 * Judges fields. Two things that could break a caller in theory are everyday growth and taken as safe: a new
 * optional field of an input that did not refuse unknown fields, and a new field of an output.
 */
export function compareObjects(
  comparison: Comparison,
  inner: SchemaObject,
  outer: SchemaObject,
): readonly SchemaBreak[] {
  const fields = { inner: schemaMap(inner["properties"]), outer: schemaMap(outer["properties"]) };
  const names = [...new Set([...fields.inner.keys(), ...fields.outer.keys()])];
  const parts = names.flatMap((name) => {
    const [own, allowed] = [fields.inner.get(name), fields.outer.get(name)];
    if (own !== undefined && allowed !== undefined) return within(name, comparison.compare(own, allowed));
    if (own !== undefined) return within(name, onlyInner(comparison, own, othersOf(outer)));
    return within(name, onlyOuter(comparison, allowed ?? true, othersOf(inner)));
  });
  return [
    ...parts,
    ...compareRequired(comparison, inner, outer, fields),
    ...compareOthers(comparison, othersOf(inner), othersOf(outer)),
  ];
}

/** Schema of the fields that `properties` does not name. */
function othersOf(schema: SchemaObject): Schema {
  return asSchema(schema["additionalProperties"] ?? true);
}

/** A field that the inner schema alone names: gone from an input, or new in an output. */
function onlyInner(comparison: Comparison, field: Schema, others: Schema): readonly SchemaBreak[] {
  if (others === false) return comparison.direction === "input" ? [broken("is no longer accepted")] : [];
  return comparison.compare(field, others);
}

/** A field that the outer schema alone names: new in an input, or gone from an output. */
function onlyOuter(comparison: Comparison, field: Schema, others: Schema): readonly SchemaBreak[] {
  if (comparison.direction === "output") return [broken("was removed")];
  return isOpen(others) ? [] : comparison.compare(others, field);
}

function compareRequired(
  { direction }: Comparison,
  inner: SchemaObject,
  outer: SchemaObject,
  fields: Readonly<Record<"inner" | "outer", ReadonlyMap<string, Schema>>>,
): readonly SchemaBreak[] {
  const given = new Set(textsIn(inner["required"]));
  const isInput = direction === "input";
  const isRemoved = (name: string): boolean => !isInput && fields.outer.has(name) && !fields.inner.has(name);
  return textsIn(outer["required"])
    .filter((name) => !given.has(name) && !isRemoved(name))
    .flatMap((name) => within(name, [broken(isInput ? "is now required" : "may now be missing")]));
}

function compareOthers(comparison: Comparison, inner: Schema, outer: Schema): readonly SchemaBreak[] {
  if (inner === false || isOpen(outer)) return [];
  if (outer !== false) return within("*", comparison.compare(inner, outer));
  return comparison.direction === "input" ? [unexpected(comparison, "unknown fields")] : [];
}
