import { isJsonObject, type Json, type JsonObject } from "../../../kernel/json.ts";

/**
 * Whether a schema has a default inside alternatives. A compiled check does not put those in, since it must not
 * change a value before it knows which of them fits.
 */
export function hasDefaultInUnion(root: JsonObject): boolean {
  const seen = new Set<Json | undefined>();
  return visit(root, false);

  function visit(schema: Json | undefined, inUnion: boolean): boolean {
    if (!isJsonObject(schema)) return false;
    if (inUnion) {
      if ("default" in schema) return true;
      if (seen.has(schema)) return false;
      seen.add(schema);
    }
    const { properties, $ref, anyOf, oneOf, allOf, items, additionalProperties } = schema;
    const referred = typeof $ref === "string" && inUnion ? resolve(root, $ref) : undefined;
    const below = [
      ...(isJsonObject(properties) ? Object.values(properties) : []),
      items,
      additionalProperties,
      referred,
    ];
    if (below.some((next) => visit(next, inUnion))) return true;
    if (list(allOf).some((next) => visit(next, inUnion))) return true;
    if (
      list(anyOf)
        .concat(list(oneOf))
        .some((next) => visit(next, true))
    )
      return true;
    const { $defs } = schema;
    return isJsonObject($defs) && Object.values($defs).some((next) => visit(next, inUnion));
  }
}

function resolve(root: JsonObject, reference: string): Json | undefined {
  return reference
    .split("/")
    .slice(1)
    .reduce<Json | undefined>((here, step) => (isJsonObject(here) ? here[step] : undefined), root);
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
