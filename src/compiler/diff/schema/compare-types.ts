import { isSame } from "../match.ts";
import { broken, type Comparison, changed, type SchemaBreak, unexpected } from "./comparison.ts";
import {
  hasType,
  isType,
  type JsonType,
  listedValues,
  mayBe,
  type SchemaObject,
  typesOf,
} from "./json-schema.ts";

/** Judges `type`, `enum` and `const`. Where they break, there is no use in looking at more. */
export function compareTypes(
  comparison: Comparison,
  inner: SchemaObject,
  outer: SchemaObject,
): readonly SchemaBreak[] {
  if (!isSame(inner["type"], outer["type"]) && !(isUnderstood(inner) && isUnderstood(outer))) {
    return [broken("type changed, which may break callers")];
  }
  const lists = compareLists(comparison, inner, outer);
  if (lists.length > 0) return lists;
  const [has, allows] = [typesOf(inner), typesOf(outer)];
  const strange = has.filter((type) => !hasType(allows, type));
  if (strange.length === 0) return [];
  const isOverlapping = has.some((type) => mayBe(allows, type) || hasType(allows, type));
  const isWhole = strange.every((type) => type === "number") && mayBe(allows, "number");
  if (isOverlapping && !isWhole && !isAny(has)) return [unexpected(comparison, typesText(strange))];
  return [broken(`type ${changed(comparison, typesText(has), typesText(allows))}`)];
}

function compareLists(
  comparison: Comparison,
  inner: SchemaObject,
  outer: SchemaObject,
): readonly SchemaBreak[] {
  const allowed = listedValues(outer);
  if (allowed === undefined) return [];
  const own = listedValues(inner);
  if (own === undefined) {
    const [list, types] = [valuesText(allowed), typesText(typesOf(inner))];
    const isInput = comparison.direction === "input";
    return [broken(isInput ? `now accepts only ${list}` : `may now be any ${types}, not only ${list}`)];
  }
  const types = typesOf(inner);
  const strange = own
    .filter((value) => types.includes(typesOf({ const: value })[0] ?? "null"))
    .filter((value) => !allowed.some((one) => isSame(one, value)));
  return strange.length === 0 ? [] : [unexpected(comparison, valuesText(strange))];
}

function isUnderstood({ type }: SchemaObject): boolean {
  const names: readonly unknown[] = Array.isArray(type) ? type : [type];
  return names.every((name) => name === undefined || isType(name));
}

function isAny(types: readonly JsonType[]): boolean {
  return types.length === typesOf({}).length;
}

/** `string or null`. */
export function typesText(types: readonly JsonType[]): string {
  if (isAny(types)) return "any";
  return types.length === 0 ? "nothing" : types.join(" or ");
}

/** `"a", "b"`. */
export function valuesText(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(", ");
}
