import { isSame } from "../match.ts";

/** A JSON Schema: https://json-schema.org/draft/2020-12/json-schema-core */
export type Schema = boolean | SchemaObject;

/** A schema with keywords. */
export type SchemaObject = Readonly<Record<string, unknown>>;

/** Types of JSON values. A whole number is both `integer` and `number`. */
export type JsonType = "null" | "boolean" | "integer" | "number" | "string" | "array" | "object";

const TYPES: readonly JsonType[] = ["null", "boolean", "number", "string", "array", "object"];

/** Keywords that say nothing about which values are valid. */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  ..."title description default examples example deprecated readOnly writeOnly".split(" "),
  ..."$schema $id id $comment $anchor $defs definitions".split(" "),
]);

/** A value in the place of a schema; what is none counts as one that accepts everything. */
export function asSchema(value: unknown): Schema {
  if (typeof value === "boolean") return value;
  return isRecord(value) ? value : true;
}

/** Schemas in a list. */
export function schemasIn(value: unknown): readonly Schema[] {
  return Array.isArray(value) ? value.map(asSchema) : [];
}

/** Members of an object of schemas, such as `properties`. */
export function schemaMap(value: unknown): ReadonlyMap<string, Schema> {
  const members = isRecord(value) ? Object.entries(value) : [];
  return new Map(members.map(([name, member]) => [name, asSchema(member)]));
}

/** Keywords of a schema that constrain values. */
export function constraintsOf(schema: SchemaObject): readonly string[] {
  return Object.keys(schema).filter((keyword) => !ANNOTATIONS.has(keyword) && !keyword.startsWith("x-"));
}

/** Whether a schema accepts every value. */
export function isOpen(schema: Schema): boolean {
  return schema === true || (schema !== false && constraintsOf(schema).length === 0);
}

/** Values that a schema lists with `enum` or `const`; undefined where it lists none. */
export function listedValues(schema: SchemaObject): readonly unknown[] | undefined {
  const { enum: listed } = schema;
  const values: readonly unknown[] | undefined = Array.isArray(listed) ? listed : undefined;
  if (!Object.hasOwn(schema, "const")) return values;
  const only = schema["const"];
  return values === undefined || values.some((value) => isSame(value, only)) ? [only] : [];
}

/** Types that a schema's values may have. */
export function typesOf(schema: SchemaObject): readonly JsonType[] {
  const { type } = schema;
  const named: readonly unknown[] = Array.isArray(type) ? type : [type];
  const declared = type === undefined ? TYPES : named.filter(isType);
  const listed = listedValues(schema)?.map(typeOf);
  if (listed === undefined) return declared;
  return [...new Set(listed)].filter((one) => hasType(declared, one));
}

/** Whether values of a type are among those of some types. */
export function hasType(types: readonly JsonType[], type: JsonType): boolean {
  return types.includes(type) || (type === "integer" && types.includes("number"));
}

/** Whether some types have values in common with one. */
export function mayBe(types: readonly JsonType[], type: JsonType): boolean {
  return types.includes(type) || (type === "number" && types.includes("integer"));
}

/** Type of a JSON value. */
function typeOf(value: unknown): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "string") return "string";
  return typeof value === "boolean" ? "boolean" : "object";
}

/** Texts in a list. */
export function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** Whether a value names a type. */
export function isType(value: unknown): value is JsonType {
  return value === "integer" || TYPES.some((type) => type === value);
}

function isRecord(value: unknown): value is SchemaObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
