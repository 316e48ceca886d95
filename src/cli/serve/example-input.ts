import type { Json } from "../../kernel/json.ts";

/** What an example takes into account; with any other rule it might be refused, so there is none. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  ...["$schema", "title", "description", "examples", "type", "default", "const", "enum", "anyOf"],
  ...["properties", "required", "additionalProperties", "minLength", "maxLength", "minimum", "maximum"],
  ...["items", "minItems", "maxItems"],
]);

/** Longest text and most items of an example: it is read by people. */
const MOST = 40;

type Rules = Readonly<Record<string, unknown>>;

/** A small value that a JSON Schema accepts; `undefined` where that takes more than an example is worth. */
export function exampleInput(schema: unknown): Json | undefined {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return undefined;
  const rules = schema as Rules;
  if (Object.keys(rules).some((name) => !UNDERSTOOD.has(name))) return undefined;
  if (rules["default"] !== undefined) return rules["default"] as Json;
  if (rules["const"] !== undefined) return rules["const"] as Json;
  if (Array.isArray(rules["enum"])) return rules["enum"][0] as Json;
  if (Array.isArray(rules["anyOf"])) return firstOf(rules["anyOf"]);
  switch (rules["type"]) {
    case "string":
      return exampleText(rules);
    case "integer":
    case "number":
      return exampleNumber(rules);
    case "boolean":
      return true;
    case "null":
      return null;
    case "array":
      return exampleList(rules);
    case "object":
      return exampleObject(rules);
    default:
      return undefined;
  }
}

function firstOf(schemas: readonly unknown[]): Json | undefined {
  for (const schema of schemas) {
    const example = exampleInput(schema);
    if (example !== undefined) return example;
  }
  return undefined;
}

function exampleText({ minLength = 0, maxLength = MOST }: Rules): string | undefined {
  const [least, most] = [Number(minLength), Number(maxLength)];
  return least > MOST ? undefined : "Hello".slice(0, most).padEnd(least, "o");
}

function exampleNumber({ type, minimum = -Infinity, maximum = Infinity }: Rules): number | undefined {
  const least = type === "integer" ? Math.ceil(Number(minimum)) : Number(minimum);
  const number = Math.min(Math.max(1, least), Number(maximum));
  return type === "integer" && !Number.isInteger(number) ? Math.floor(number) : number;
}

function exampleList({ items, minItems = 0 }: Rules): Json | undefined {
  const count = Number(minItems);
  if (count === 0) return [];
  const item = exampleInput(items);
  return item === undefined || count > MOST ? undefined : Array.from({ length: count }, () => item);
}

function exampleObject({ properties = {}, required = [] }: Rules): Json | undefined {
  const fields: Record<string, Json> = {};
  for (const name of required as readonly string[]) {
    const value = exampleInput((properties as Rules)[name]);
    if (value === undefined) return undefined;
    fields[name] = value;
  }
  return fields;
}
