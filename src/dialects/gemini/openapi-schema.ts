import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";

/** Schemas inside each other at most; beyond, and where a schema holds itself, anything is allowed. */
const MAX_DEPTH = 32;

/** Members that Gemini's schemas know and that need no change. */
const KEPT = [
  "title",
  "description",
  "default",
  "format",
  "pattern",
  "minimum",
  "maximum",
  "minItems",
  "maxItems",
  "minLength",
  "maxLength",
  "minProperties",
  "maxProperties",
  "required",
] as const;

/**
 * A JSON schema in the words of OpenAPI 3.0 that Gemini's older members `parameters` and `responseSchema` take: no
 * references, one type, `nullable`. What has no words there is left out: the model is told less, its answer stays
 * within what was asked for as far as the model keeps to it.
 * Wire format: https://ai.google.dev/api/caching#Schema
 */
export function toOpenApiSchema(schema: JsonObject): JsonObject {
  const definitions = { ...objectOf(schema["definitions"]), ...objectOf(schema["$defs"]) };
  return convert(schema, definitions, 0);
}

function convert(schema: Json | undefined, definitions: JsonObject, depth: number): JsonObject {
  if (!isJsonObject(schema) || depth > MAX_DEPTH) return {};
  const nested = (value: Json | undefined): JsonObject => convert(value, definitions, depth + 1);
  const source = schema as JsonObject;
  const reference = source["$ref"];
  if (typeof reference === "string") {
    const name = reference.replace(/^#\/(\$defs|definitions)\//, "");
    return Object.hasOwn(definitions, name) ? nested(definitions[name]) : {};
  }
  const kept = Object.fromEntries(
    KEPT.flatMap((name) => (source[name] === undefined ? [] : [[name, source[name]]])),
  );
  const properties = objectOf(source["properties"]);
  return {
    ...typeOf(source),
    ...kept,
    ...enumOf(source),
    ...alternativesOf(source, nested),
    ...(isJsonObject(source["items"]) && { items: nested(source["items"] as JsonObject) }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, value]) => [name, nested(value)]),
      ),
    }),
  };
}

function typeOf({ type }: JsonObject): JsonObject {
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  const [first, ...others] = types.filter((name) => typeof name === "string" && name !== "null") as string[];
  const nullable = types.includes("null") && { nullable: true };
  if (first === undefined) return { ...nullable };
  if (others.length === 0) return { type: first.toUpperCase(), ...nullable };
  return { anyOf: [first, ...others].map((name) => ({ type: name.toUpperCase() })), ...nullable };
}

/** Values to choose from are texts there. */
function enumOf({ enum: values, const: value }: JsonObject): JsonObject {
  const list: readonly unknown[] = Array.isArray(values) ? values : value === undefined ? [] : [value];
  const texts = list.filter((item) => typeof item === "string") as string[];
  return texts.length > 0 && texts.length === list.length ? { enum: texts, format: "enum" } : {};
}

function alternativesOf(source: JsonObject, nested: (value: Json | undefined) => JsonObject): JsonObject {
  const list = source["anyOf"] ?? source["oneOf"];
  if (!Array.isArray(list)) return {};
  const all = list as readonly Json[];
  const real = all.filter((item) => !isJsonObject(item) || (item as JsonObject)["type"] !== "null");
  const nullable = real.length < all.length && { nullable: true };
  const [only] = real;
  return real.length === 1 ? { ...nested(only), ...nullable } : { anyOf: real.map(nested), ...nullable };
}

function objectOf(value: Json | undefined): JsonObject | undefined {
  return isJsonObject(value) ? (value as JsonObject) : undefined;
}
