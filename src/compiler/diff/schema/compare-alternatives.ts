import { isSame } from "../match.ts";
import { isOpaquelySame } from "./compare-opaque.ts";
import { typesText, valuesText } from "./compare-types.ts";
import { broken, type Comparison, type SchemaBreak, unexpected } from "./comparison.ts";
import {
  hasType,
  listedValues,
  type Schema,
  type SchemaObject,
  schemaMap,
  schemasIn,
  textsIn,
  typesOf,
} from "./json-schema.ts";
import { resolveRef } from "./resolve-ref.ts";

/** The inner schema's alternatives where one of the two is a union; undefined where neither is. */
export function splitAlternatives(inner: SchemaObject, outer: SchemaObject): readonly Schema[] | undefined {
  const own = unionOf(inner);
  if (own !== undefined) return own;
  if (unionOf(outer) === undefined) return undefined;
  const { const: _, ...rest } = inner;
  const listed = listedValues(inner);
  if (listed !== undefined) return listed.map((value) => ({ ...rest, enum: [value] }));
  const types = typesOf(inner);
  return types.length === 1 ? [inner] : types.map((type) => ({ ...inner, type }));
}

/** Judges unions: each alternative of the inner schema has to fit one of the outer's. */
export function compareAlternatives(
  comparison: Comparison,
  alternatives: readonly Schema[],
  outer: SchemaObject,
): readonly SchemaBreak[] {
  const targets = unionOf(outer) ?? [outer];
  const breaks = alternatives.flatMap((alternative) => fit(comparison, alternative, targets));
  return breaks.length > 0 || isJudgeable(comparison, alternatives, outer)
    ? breaks
    : [broken("oneOf changed, which may break callers")];
}

function unionOf({ anyOf, oneOf }: SchemaObject): readonly Schema[] | undefined {
  const union = anyOf ?? oneOf;
  return union === undefined ? undefined : schemasIn(union);
}

function fit(
  comparison: Comparison,
  alternative: Schema,
  targets: readonly Schema[],
): readonly SchemaBreak[] {
  let nearest: readonly SchemaBreak[] | undefined;
  for (const target of targets) {
    const breaks = comparison.compare(alternative, target);
    if (breaks.length === 0) return [];
    if (
      isKin(comparison, alternative, target) &&
      breaks.length < (nearest?.length ?? Number.POSITIVE_INFINITY)
    ) {
      nearest = breaks;
    }
  }
  return nearest ?? [unexpected(comparison, describe(comparison, alternative))];
}

/** Whether what differs between two alternatives is worth telling, rather than that one of them is gone. */
function isKin({ roots }: Comparison, alternative: Schema, target: Schema): boolean {
  return !areDisjoint(
    resolveRef(alternative, roots.inner),
    resolveRef(target, roots.outer),
    (schema) => schema,
  );
}

function describe({ roots }: Comparison, alternative: Schema): string {
  const schema = resolveRef(alternative, roots.inner);
  if (typeof schema === "boolean") return "any value";
  const listed = listedValues(schema);
  if (listed !== undefined) return valuesText(listed);
  const tags = [...schemaMap(schema["properties"])].flatMap(([name, field]) => {
    const values = typeof field === "boolean" ? undefined : listedValues(field);
    return values?.length === 1 ? [`${name} ${valuesText(values)}`] : [];
  });
  return tags.length > 0 ? `an object with ${tags.join(", ")}` : typesText(typesOf(schema));
}

/** `oneOf` refuses what fits twice. That cannot happen where alternatives exclude each other or did not change. */
function isJudgeable(comparison: Comparison, alternatives: readonly Schema[], outer: SchemaObject): boolean {
  if (outer["oneOf"] === undefined || outer["anyOf"] !== undefined) return true;
  const resolve = (schema: Schema): Schema => resolveRef(schema, comparison.roots.outer);
  const targets = schemasIn(outer["oneOf"]).map(resolve);
  const areExclusive = targets.every((a, index) =>
    targets.slice(index + 1).every((b) => areDisjoint(a, b, resolve)),
  );
  return areExclusive || isOpaquelySame(comparison, alternatives, outer["oneOf"]);
}

/** Whether no value is valid under both: by type, by listed values, or by those of a field that both require. */
function areDisjoint(a: Schema, b: Schema, resolve: (schema: Schema) => Schema): boolean {
  if (typeof a === "boolean" || typeof b === "boolean") return a === false || b === false;
  const [types, others] = [typesOf(a), typesOf(b)];
  if (!types.some((type) => hasType(others, type)) && !others.some((type) => hasType(types, type)))
    return true;
  if (areApart(listedValues(a), listedValues(b))) return true;
  const [fields, otherFields] = [schemaMap(a["properties"]), schemaMap(b["properties"])];
  const required = new Set(textsIn(a["required"])).intersection(new Set(textsIn(b["required"])));
  return [...required].some((name) => {
    const [field, other] = [resolve(fields.get(name) ?? true), resolve(otherFields.get(name) ?? true)];
    if (typeof field === "boolean" || typeof other === "boolean") return false;
    return areApart(listedValues(field), listedValues(other));
  });
}

function areApart(a: readonly unknown[] | undefined, b: readonly unknown[] | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return !a.some((value) => b.some((other) => isSame(value, other)));
}
