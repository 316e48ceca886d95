import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import { unsupported } from "./refusal.ts";
import { fillNumber } from "./schema-instance/fill-number.ts";
import { fillString } from "./schema-instance/fill-string.ts";
import { createRandom, type Random } from "./schema-instance/random.ts";

/** Where a schema stands and what it is filled with. */
export interface FillOptions {
  /** Put into strings where it fits. */
  readonly text: string;
  readonly seed: number;
  /** Field of the request that holds the schema, for errors. */
  readonly param: string;
}

/** Objects and lists inside each other; from here on only what is required is made. */
const DEEP = 4;
/** Where a schema can only be satisfied deeper than this, it recurs without end. */
const TOO_DEEP = 32;

/**
 * An instance of a JSON Schema, the same for the same text and seed.
 * @throws DemoRefusal naming the part that cannot be satisfied.
 */
export function fillSchema(schema: unknown, options: FillOptions): unknown {
  return new Filler(schema, options).fill(schema, "", 0);
}

class Filler {
  readonly #root: unknown;
  readonly #options: FillOptions;
  readonly #random: Random;

  constructor(root: unknown, options: FillOptions) {
    this.#root = root;
    this.#options = options;
    this.#random = createRandom(options.seed);
  }

  fill(schema: unknown, path: string, depth: number): Json {
    if (schema === true) return this.#options.text;
    if (!isJsonObject(schema)) throw this.#refuse(path, "it allows nothing");
    if (depth > TOO_DEEP) throw this.#refuse(path, "it recurs without end");
    const { $ref } = schema;
    if (typeof $ref === "string") return this.fill(this.#resolve($ref, path), path, depth + 1);
    if ("const" in schema) return schema["const"] ?? null;
    if (Array.isArray(schema["enum"])) return this.#random.pick(schema["enum"] as readonly Json[]);
    if (Array.isArray(schema["allOf"])) return this.fill(merge(schema, schema["allOf"]), path, depth + 1);
    const options = schema["anyOf"] ?? schema["oneOf"];
    if (Array.isArray(options)) return this.#choose(options, path, depth);
    return this.#typed(schema, path, depth);
  }

  #typed(schema: JsonObject, path: string, depth: number): Json {
    const type = typeOf(schema);
    if (type === "null") return null;
    if (type === "boolean") return this.#random.below(2) === 1;
    if (type === "object") return this.#object(schema, path, depth);
    if (type === "array") return this.#list(schema, path, depth);
    const filled =
      type === "string"
        ? fillString(schema, this.#options.text, this.#random)
        : fillNumber(schema, type === "integer", this.#random);
    if (filled === undefined) throw this.#refuse(path, `no ${type} that it allows could be made`);
    return filled;
  }

  /** The first option that can be satisfied, beginning with one that the text decides; null only where it must be. */
  #choose(options: readonly unknown[], path: string, depth: number): Json {
    const real = options.filter((option) => !isJsonObject(option) || option["type"] !== "null");
    const list = real.length === 0 || depth > DEEP ? [...options].reverse() : real;
    const start = depth > DEEP ? 0 : this.#random.below(list.length);
    let refusal: unknown;
    for (let step = 0; step < list.length; step++) {
      try {
        return this.fill(list[(start + step) % list.length], path, depth + 1);
      } catch (thrown) {
        refusal = thrown;
      }
    }
    throw refusal ?? this.#refuse(path, "it has no options");
  }

  #object(schema: JsonObject, path: string, depth: number): Json {
    const properties = isJsonObject(schema["properties"]) ? schema["properties"] : {};
    const required: readonly unknown[] = Array.isArray(schema["required"]) ? schema["required"] : [];
    const filled: Record<string, Json> = {};
    for (const [name, property] of Object.entries(properties)) {
      if (depth < DEEP || required.includes(name))
        define(filled, name, this.fill(property, `${path}/${name}`, depth + 1));
    }
    for (const name of required) {
      if (typeof name !== "string" || Object.hasOwn(filled, name)) continue;
      if (schema["additionalProperties"] === false)
        throw this.#refuse(path, `\`${name}\` is required and not allowed`);
      define(filled, name, this.fill(schema["additionalProperties"] ?? true, `${path}/${name}`, depth + 1));
    }
    return this.#enough(filled, schema, path, depth);
  }

  /** Adds properties of the object's own making where it asks for more than it names. */
  #enough(filled: Record<string, Json>, schema: JsonObject, path: string, depth: number): Json {
    const { minProperties } = schema;
    for (
      let index = 1;
      typeof minProperties === "number" && Object.keys(filled).length < minProperties;
      index++
    ) {
      if (schema["additionalProperties"] === false || index > 1_000)
        throw this.#refuse(path, "it asks for more properties than it allows");
      define(
        filled,
        `key${index}`,
        this.fill(schema["additionalProperties"] ?? true, `${path}/key${index}`, depth + 1),
      );
    }
    return filled;
  }

  #list(schema: JsonObject, path: string, depth: number): Json {
    const fixed: readonly unknown[] = Array.isArray(schema["prefixItems"]) ? schema["prefixItems"] : [];
    const least = typeof schema["minItems"] === "number" ? schema["minItems"] : 0;
    const most = typeof schema["maxItems"] === "number" ? schema["maxItems"] : Number.POSITIVE_INFINITY;
    const wanted = depth < DEEP ? Math.max(least, fixed.length, 1) : Math.max(least, fixed.length);
    const count = schema["items"] === false ? Math.max(least, fixed.length) : Math.min(wanted, most);
    const items: Json[] = [];
    for (let tries = 0; items.length < count; tries++) {
      if (tries > count * 20 + 100) throw this.#refuse(path, "its items cannot all be different");
      const schemaOfItem = fixed[items.length] ?? schema["items"] ?? true;
      const item = this.fill(schemaOfItem, `${path}/${items.length}`, depth + 1);
      const text = JSON.stringify(item);
      if (schema["uniqueItems"] !== true || !items.some((other) => JSON.stringify(other) === text))
        items.push(item);
    }
    return items;
  }

  #resolve(reference: string, path: string): unknown {
    if (!reference.startsWith("#")) throw this.#refuse(path, `${reference} is outside of the schema`);
    let found: unknown = this.#root;
    for (const step of reference.slice(1).split("/").slice(1)) {
      const name = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
      found =
        typeof found === "object" && found !== null && Object.hasOwn(found, name)
          ? (found as Record<string, unknown>)[name]
          : undefined;
    }
    if (found === undefined) throw this.#refuse(path, `${reference} leads nowhere`);
    return found;
  }

  #refuse(path: string, reason: string): Error {
    return unsupported(
      this.#options.param,
      `${path === "" ? "the schema" : `the schema of ${path}`} cannot be satisfied: ${reason}`,
    );
  }
}

/** Any name is a property, `__proto__` too. */
function define(object: Record<string, Json>, name: string, value: Json): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

/** The type to make: the first one that is named, or the one that the keywords speak of. */
function typeOf(schema: JsonObject): string {
  const { type } = schema;
  const named = Array.isArray(type) ? (type.find((entry) => entry !== "null") ?? type[0]) : type;
  if (typeof named === "string") return named;
  if ("properties" in schema || "required" in schema || "additionalProperties" in schema) return "object";
  if ("items" in schema || "prefixItems" in schema || "minItems" in schema) return "array";
  if ("minimum" in schema || "maximum" in schema || "multipleOf" in schema) return "number";
  return "string";
}

/** One schema of all the parts of an `allOf`: properties and requirements add up, other keywords override. */
function merge(schema: JsonObject, parts: readonly unknown[]): JsonObject {
  const { allOf: _, ...rest } = schema;
  let merged: JsonObject = rest;
  for (const part of parts) {
    if (!isJsonObject(part)) continue;
    merged = {
      ...merged,
      ...part,
      properties: {
        ...(merged["properties"] as JsonObject | undefined),
        ...(part["properties"] as JsonObject | undefined),
      },
      required: [
        ...((merged["required"] as readonly Json[] | undefined) ?? []),
        ...((part["required"] as readonly Json[] | undefined) ?? []),
      ],
    };
  }
  return merged;
}
