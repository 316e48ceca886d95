import { asSchema, constraintsOf, type Schema, type SchemaObject } from "./json-schema.ts";

const MOST_HOPS = 32;

/**
 * The schema that `$ref` points at inside the same document; what stands beside it holds as well. A reference
 * that leads nowhere stays as it is.
 */
export function resolveRef(schema: Schema, root: SchemaObject): Schema {
  let here = schema;
  for (let hop = 0; hop < MOST_HOPS; hop++) {
    if (typeof here === "boolean" || typeof here["$ref"] !== "string") return here;
    const target = pointedAt(here["$ref"], root);
    if (target === undefined) return here;
    const { $ref: _, ...beside } = here;
    const others = constraintsOf(beside).length > 0 ? [beside] : [];
    here = others.length === 0 ? target : { allOf: [target, ...others] };
  }
  return here;
}

/** Whether a value holds a reference anywhere. */
export function holdsRef(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([name, member]) => name.endsWith("Ref") || name === "$ref" || holdsRef(member),
  );
}

/** Follows a JSON Pointer in a fragment: https://www.rfc-editor.org/rfc/rfc6901#section-6 */
function pointedAt(reference: string, root: SchemaObject): Schema | undefined {
  if (reference !== "#" && !reference.startsWith("#/")) return undefined;
  let here: unknown = root;
  for (const token of reference.split("/").slice(1)) {
    const name = decode(token);
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, name)) return undefined;
    here = Reflect.get(here, name);
  }
  return asSchema(here);
}

function decode(token: string): string {
  const pointer = token.replaceAll("~1", "/").replaceAll("~0", "~");
  try {
    return decodeURIComponent(pointer);
  } catch {
    return pointer;
  }
}
