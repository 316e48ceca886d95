import { isJsonObject, type Json, type JsonObject } from "../../../kernel/json.ts";

/** A schema and where it stands in its document, such as `.properties.age`. */
export interface LocatedSchema {
  readonly schema: JsonObject | boolean;
  readonly path: string;
}

/** A schema that is an object of keywords, the only kind that says anything. */
export interface Keywords {
  readonly schema: JsonObject;
  readonly path: string;
}

/** A schema that has no instance, or none that could be made; the message is the reason. */
export class SchemaError extends Error {
  override readonly name = "SchemaError";
  /** The part of the schema at fault, such as `.properties.age.minimum`. */
  readonly path: string;
  /** Whether trying another way is of no use. */
  readonly final: boolean;

  constructor(path: string, message: string, final = false) {
    super(message);
    this.path = path;
    this.final = final;
  }
}

/** A keyword's value; `undefined` where it is absent. */
export function keyword({ schema }: Keywords, name: string): Json | undefined {
  return Object.hasOwn(schema, name) ? schema[name] : undefined;
}

/** A keyword that holds a schema. @throws SchemaError when it holds anything else; so do the others. */
export function schemaAt(keywords: Keywords, name: string): LocatedSchema | undefined {
  const value = keyword(keywords, name);
  return value === undefined ? undefined : locate(value, `${keywords.path}.${name}`);
}

/** A keyword that holds a list of schemas. */
export function schemasAt(keywords: Keywords, name: string): readonly LocatedSchema[] | undefined {
  const path = `${keywords.path}.${name}`;
  return listAt(keywords, name)?.map((item, index) => locate(item, `${path}[${index}]`));
}

/** A keyword that holds schemas by name. */
export function schemaMapAt(keywords: Keywords, name: string): ReadonlyMap<string, LocatedSchema> {
  const path = `${keywords.path}.${name}`;
  const value = keyword(keywords, name);
  if (value === undefined) return new Map();
  if (!isJsonObject(value)) throw new SchemaError(path, "it has to be an object of schemas", true);
  return new Map(Object.entries(value).map(([key, item]) => [key, locate(item, `${path}.${key}`)]));
}

/** One schema of a keyword that holds schemas by name. */
export function schemaInMapAt(keywords: Keywords, name: string, key: string): LocatedSchema | undefined {
  const value = keyword(keywords, name);
  if (!isJsonObject(value)) return schemaMapAt(keywords, name).get(key);
  return Object.hasOwn(value, key) ? locate(value[key], `${keywords.path}.${name}.${key}`) : undefined;
}

/** A keyword that holds a list. */
export function listAt(keywords: Keywords, name: string): readonly Json[] | undefined {
  const value = keyword(keywords, name);
  if (value === undefined || Array.isArray(value)) return value;
  throw new SchemaError(`${keywords.path}.${name}`, "it has to be an array", true);
}

/** A keyword that holds a number. */
export function numberAt(keywords: Keywords, name: string): number | undefined {
  const value = keyword(keywords, name);
  if (value === undefined || typeof value === "number") return value;
  throw new SchemaError(`${keywords.path}.${name}`, "it has to be a number", true);
}

/** A keyword that holds a text. */
export function stringAt(keywords: Keywords, name: string): string | undefined {
  const value = keyword(keywords, name);
  if (value === undefined || typeof value === "string") return value;
  throw new SchemaError(`${keywords.path}.${name}`, "it has to be a string", true);
}

/** A keyword that holds a list of texts. */
export function stringsAt(keywords: Keywords, name: string): readonly string[] | undefined {
  return listAt(keywords, name)?.map((item) => {
    if (typeof item === "string") return item;
    throw new SchemaError(`${keywords.path}.${name}`, "it has to be an array of strings", true);
  });
}

/** A value as a schema. @throws SchemaError when it is none. */
export function locate(value: unknown, path: string): LocatedSchema {
  if (typeof value === "boolean" || isJsonObject(value)) return { schema: value, path };
  throw new SchemaError(path, "a schema has to be an object or a boolean", true);
}
