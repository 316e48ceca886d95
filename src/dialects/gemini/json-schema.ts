import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";

/** Counts that Google's JSON writes as texts, since they are 64 bits wide. */
const COUNTS = new Set(["minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties"]);

/** Members that JSON Schema does not know. */
const FOREIGN = new Set(["nullable", "propertyOrdering", "property_ordering", "example", "type", "format"]);

/**
 * A schema in Gemini's words (OpenAPI 3.0, types in upper case) as JSON Schema.
 * Wire format: https://ai.google.dev/api/caching#Schema
 */
export function toJsonSchema(schema: JsonObject): JsonObject {
  const members: [string, Json | undefined][] = [];
  const type = typeOf(schema);
  if (type !== undefined) members.push(["type", type]);
  if (typeof schema["format"] === "string" && schema["format"] !== "enum")
    members.push(["format", schema["format"]]);
  for (const [name, value] of Object.entries(schema)) {
    if (!FOREIGN.has(name) && value !== null) members.push(convertMember(camelOf(name), value, schema));
  }
  return Object.fromEntries(members);
}

function convertMember(
  name: string,
  value: Json | undefined,
  schema: JsonObject,
): [string, Json | undefined] {
  if (COUNTS.has(name)) return [name, typeof value === "string" ? Number(value) : value];
  if (name === "items" && isJsonObject(value)) return [name, toJsonSchema(value as JsonObject)];
  if (name === "properties" && isJsonObject(value))
    return [name, convertProperties(value as JsonObject, schema)];
  if (name === "anyOf" && Array.isArray(value)) return [name, convertAlternatives(value, schema)];
  if (name === "enum" && Array.isArray(value) && schema["nullable"] === true) return [name, [...value, null]];
  return [name, value];
}

function typeOf({ type, nullable, anyOf, any_of: snakeAnyOf }: JsonObject): Json | undefined {
  if (typeof type !== "string" || type === "TYPE_UNSPECIFIED") return undefined;
  const name = type.toLowerCase();
  const isOneOfMany = anyOf !== undefined || snakeAnyOf !== undefined;
  return nullable === true && !isOneOfMany ? [name, "null"] : name;
}

/** In the order that the schema asks for, which a model follows. */
function convertProperties(properties: JsonObject, schema: JsonObject): JsonObject {
  const wanted = schema["propertyOrdering"] ?? schema["property_ordering"];
  const names = Object.keys(properties);
  const first = Array.isArray(wanted)
    ? (wanted as readonly unknown[]).filter(
        (name) => typeof name === "string" && Object.hasOwn(properties, name),
      )
    : [];
  const ordered = [...new Set([...(first as string[]), ...names])];
  return Object.fromEntries(
    ordered.map((name) => {
      const value = properties[name];
      return [name, isJsonObject(value) ? toJsonSchema(value as JsonObject) : value];
    }),
  );
}

function convertAlternatives(list: readonly Json[], schema: JsonObject): readonly Json[] {
  const converted = list.map((item) => (isJsonObject(item) ? toJsonSchema(item as JsonObject) : item));
  return schema["nullable"] === true ? [...converted, { type: "null" }] : converted;
}

/** Google's JSON takes names with underscores as well. `$ref` and the like have none. */
function camelOf(name: string): string {
  return /^[a-z]+_[a-z]+$/.test(name)
    ? name.replace(/_([a-z])/, (_, letter: string) => letter.toUpperCase())
    : name;
}
