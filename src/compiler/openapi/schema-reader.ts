import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

/** Keywords that a value is checked by; what else a schema says only describes, or is told of as unchecked. */
const CHECKED = new Set(
  "type enum const minLength maxLength pattern minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems uniqueItems required minProperties maxProperties".split(
    " ",
  ),
);
const DESCRIBING = new Set(
  "title description default example examples deprecated readOnly writeOnly externalDocs xml discriminator nullable format contentEncoding contentMediaType $comment $schema $id $anchor $defs definitions".split(
    " ",
  ),
);

/**
 * Turns schemas of an OpenAPI document into JSON Schemas that stand alone: what they refer to is in their `$defs`. Those of
 * OpenAPI 3.0 (`nullable`, boolean bounds) become what they mean in draft 2020-12.
 * https://spec.openapis.org/oas/v3.0.4.html#schema-object
 */
export class SchemaReader {
  /** References that lead nowhere or out of the document. */
  readonly problems: string[] = [];
  /** What is not checked. */
  readonly limits: string[] = [];
  readonly #document: JsonObject;

  constructor(document: JsonObject) {
    this.#document = document;
  }

  /** A schema that stands alone. */
  read(schema: unknown, where: string): JsonObject {
    const defs: Record<string, JsonObject> = {};
    const names = new Map<string, string>();
    const root = this.#schema(schema, where, defs, names);
    return Object.keys(defs).length === 0 ? root : { ...root, $defs: defs };
  }

  /** What a reference of the document points at; undefined where that is nothing. */
  resolve(reference: string): unknown {
    if (!reference.startsWith("#/")) return undefined;
    return reference
      .slice(2)
      .split("/")
      .reduce<unknown>((value, step) => {
        const name = decode(step).replaceAll("~1", "/").replaceAll("~0", "~");
        return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
      }, this.#document);
  }

  #schema(
    schema: unknown,
    where: string,
    defs: Record<string, JsonObject>,
    names: Map<string, string>,
  ): JsonObject {
    if (!isJsonObject(schema)) return schema === false ? { not: {} } : {};
    const read = (inner: unknown): JsonObject => this.#schema(inner, where, defs, names);
    const result: Record<string, JsonObject[string]> = {};
    const reference = schema["$ref"];
    if (typeof reference === "string") {
      result["$ref"] = `#/$defs/${this.#definition(reference, where, defs, names)}`;
    }
    for (const [name, value] of Object.entries(schema)) {
      if (CHECKED.has(name)) result[name] = value;
      else if (name === "properties" && isJsonObject(value)) {
        const fields = Object.entries(value).map(([field, inner]) => [field, read(inner)] as const);
        result[name] = Object.fromEntries(fields);
      } else if (name === "items") result[name] = read(value);
      else if (name === "additionalProperties") result[name] = value === false ? false : read(value);
      else if ((name === "allOf" || name === "anyOf" || name === "oneOf") && Array.isArray(value))
        result[name] = value.map(read);
      else if (name !== "$ref" && !name.startsWith("x-") && !DESCRIBING.has(name))
        this.limits.push(`${where}: ${name}`);
    }
    return asDraft2020(result, schema["nullable"] === true);
  }

  /** Name of a definition; made when it is first met, since schemas may refer to themselves. */
  #definition(
    reference: string,
    where: string,
    defs: Record<string, JsonObject>,
    names: Map<string, string>,
  ): string {
    const known = names.get(reference);
    if (known !== undefined) return known;
    const name = `d${names.size}`;
    names.set(reference, name);
    const target = this.resolve(reference);
    if (target === undefined) {
      this.problems.push(`${where} refers to ${JSON.stringify(reference)}, which is not in the document`);
    }
    defs[name] = {};
    defs[name] = this.#schema(target, where, defs, names);
    return name;
  }
}

function asDraft2020(schema: Record<string, JsonObject[string]>, isNullable: boolean): JsonObject {
  for (const [flag, bound] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ] as const) {
    const value = schema[flag];
    if (typeof value !== "boolean") continue;
    delete schema[flag];
    const limit = schema[bound];
    if (!value || limit === undefined) continue;
    schema[flag] = limit;
    delete schema[bound];
  }
  if (!isNullable) return schema;
  return { anyOf: [schema, { type: "null" }] };
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
