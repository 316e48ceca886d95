import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";

/** Members of a schema that Anthropic's constrained output takes as they are. */
const TAKEN: ReadonlySet<string> = new Set([
  "type",
  "title",
  "description",
  "enum",
  "const",
  "$ref",
  "default",
]);
/** Members that hold one schema or a list of them. */
const NESTED: ReadonlySet<string> = new Set(["items", "anyOf", "allOf"]);
/** Members that hold schemas by name. */
const NAMED: ReadonlySet<string> = new Set(["properties", "$defs", "definitions"]);
/** Members that say nothing about the value. */
const IDLE: ReadonlySet<string> = new Set([
  "$schema",
  "$id",
  "$comment",
  "examples",
  "deprecated",
  "readOnly",
]);
/** Members that only narrow a value down: told to the model in words, since it cannot be held to them. */
const NARROWING: ReadonlySet<string> = new Set([
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "pattern",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
]);
const FORMATS: ReadonlySet<unknown> = new Set([
  "date-time",
  "time",
  "date",
  "duration",
  "email",
  "hostname",
  "uri",
  "ipv4",
  "ipv6",
  "uuid",
]);
const MAX_DEPTH = 64;

/**
 * A schema in the subset that Anthropic's structured outputs and strict tools take: objects closed, limits of numbers,
 * texts and lists moved into the description. What it accepts, the given schema accepts too, limits apart. `undefined`
 * where the schema cannot be put that way (maps, recursion, conditions …).
 * Source: https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations
 */
export function outputSchema(schema: JsonObject): JsonObject | undefined {
  return isRecursive(schema) ? undefined : adapt(schema, 0);
}

function adapt(schema: unknown, depth: number): JsonObject | undefined {
  if (!isJsonObject(schema) || depth > MAX_DEPTH) return undefined;
  const adapted: Record<string, Json> = {};
  const limits: string[] = [];
  for (const [name, value] of Object.entries(schema)) {
    if (IDLE.has(name) || value === undefined) continue;
    if (TAKEN.has(name) || (name === "format" && FORMATS.has(value))) adapted[name] = value as Json;
    else if (name === "required" && Array.isArray(value)) adapted[name] = value as Json;
    else if (name === "minItems" && (value === 0 || value === 1)) adapted[name] = value;
    else if (NARROWING.has(name) || name === "format") limits.push(`${name}: ${JSON.stringify(value)}`);
    else if (name === "additionalProperties" && (value === false || isClosable(schema, value))) continue;
    else {
      const nested = adaptMember(name, value, depth);
      if (nested === undefined) return undefined;
      adapted[name === "oneOf" ? "anyOf" : name] = nested;
    }
  }
  if (isObjectSchema(schema)) {
    if (schema["additionalProperties"] !== false && !isJsonObject(schema["properties"])) return undefined;
    adapted["additionalProperties"] = false;
  }
  if (limits.length > 0) {
    const { description } = schema;
    const words = `{${limits.join(", ")}}`;
    adapted["description"] = typeof description === "string" ? `${description}\n\n${words}` : words;
  }
  return adapted;
}

function adaptMember(name: string, value: unknown, depth: number): Json | undefined {
  if (NAMED.has(name) && isJsonObject(value)) {
    const entries = Object.entries(value).map(([key, member]) => [key, adapt(member, depth + 1)] as const);
    return entries.some(([, member]) => member === undefined)
      ? undefined
      : (Object.fromEntries(entries) as JsonObject);
  }
  if (!NESTED.has(name) && name !== "oneOf") return undefined;
  if (!Array.isArray(value)) return name === "items" ? adapt(value, depth + 1) : undefined;
  if (name === "items") return undefined;
  const list = (value as readonly unknown[]).map((member) => adapt(member, depth + 1));
  return list.some((member) => member === undefined) ? undefined : (list as readonly JsonObject[]);
}

function isObjectSchema({ type, properties }: Readonly<Record<string, unknown>>): boolean {
  return type === "object" || (Array.isArray(type) && type.includes("object")) || properties !== undefined;
}

/** Objects that may have further members lose nothing that was asked for when they have none. */
function isClosable({ properties }: Readonly<Record<string, unknown>>, additional: unknown): boolean {
  return additional === true && isJsonObject(properties) && Object.keys(properties).length > 0;
}

/** Whether a definition leads back to itself, or a reference leads anywhere but to a definition. */
function isRecursive(schema: JsonObject): boolean {
  const definitions = new Map<string, unknown>();
  for (const name of ["$defs", "definitions"]) {
    const members = schema[name];
    if (!isJsonObject(members)) continue;
    for (const [key, value] of Object.entries(members)) definitions.set(`#/${name}/${key}`, value);
  }
  const done = new Set<string>();
  const leadsBack = (ref: string, way: ReadonlySet<string>): boolean => {
    if (way.has(ref) || !definitions.has(ref)) return true;
    if (done.has(ref)) return false;
    const next = new Set(way).add(ref);
    const found = refsOf(definitions.get(ref), 0).some((inner) => leadsBack(inner, next));
    done.add(ref);
    return found;
  };
  return refsOf(schema, 0).some((ref) => leadsBack(ref, new Set()));
}

function refsOf(value: unknown, depth: number): readonly string[] {
  if (typeof value !== "object" || value === null || depth > 4 * MAX_DEPTH) return [];
  const own: unknown = isJsonObject(value) ? value["$ref"] : undefined;
  const inner = Object.values(value).flatMap((member) => refsOf(member, depth + 1));
  return typeof own === "string" ? [own, ...inner] : inner;
}
