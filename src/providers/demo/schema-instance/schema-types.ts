import type { Json } from "../../../kernel/json.ts";
import { isJsonObject } from "../../../kernel/json.ts";
import { type Keywords, keyword, SchemaError } from "./schema.ts";

const typeNames = ["string", "object", "array", "number", "integer", "boolean", "null"] as const;

/** A name that `type` may hold. */
export type TypeName = (typeof typeNames)[number];

/** The types that a schema allows; `undefined` where it does not say. @throws SchemaError for unknown names. */
export function typesAt(keywords: Keywords): readonly TypeName[] | undefined {
  const value = keyword(keywords, "type");
  if (value === undefined) return undefined;
  return (Array.isArray(value) ? value : [value]).map((name) => {
    const known = typeNames.find((candidate) => candidate === name);
    if (known !== undefined) return known;
    throw new SchemaError(`${keywords.path}.type`, `it has to be one of ${typeNames.join(", ")}`, true);
  });
}

/** Whether a value is of a type. */
export function isOfType(value: Json, type: TypeName): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isJsonObject(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

/** Keywords that speak of one type only; they tell what is meant where `type` is left out. */
const telling: readonly (readonly [type: TypeName, keywords: readonly string[]])[] = [
  [
    "object",
    [
      "properties",
      "required",
      "additionalProperties",
      "patternProperties",
      "propertyNames",
      "minProperties",
      "maxProperties",
      "dependentRequired",
    ],
  ],
  ["array", ["items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"]],
  ["number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]],
  ["string", ["minLength", "maxLength", "pattern", "format"]],
];

/** Types that a value may have. */
export interface AllowedTypes {
  readonly types: readonly TypeName[];
  /** Whether `type` says so; else all are allowed, and the first is the one that is meant. */
  readonly told: boolean;
}

/** Types that all of some schemas allow. @throws SchemaError when they contradict each other. */
export function commonTypes(parts: readonly Keywords[]): AllowedTypes {
  let common: readonly TypeName[] | undefined;
  for (const part of parts) {
    const types = typesAt(part);
    if (types === undefined) continue;
    common = common === undefined ? types : intersectTypes(common, types);
    if (common.length === 0) {
      throw new SchemaError(`${part.path}.type`, "it contradicts the types asked for elsewhere");
    }
  }
  if (common !== undefined) return { types: common, told: true };
  const meant = meantType(parts);
  return { types: [meant, ...typeNames.filter((type) => type !== meant)], told: false };
}

function meantType(parts: readonly Keywords[]): TypeName {
  const found = telling.find(([, names]) =>
    parts.some((part) => names.some((name) => Object.hasOwn(part.schema, name))),
  );
  return found?.[0] ?? "string";
}

/** `integer` is part of `number`. */
function intersectTypes(left: readonly TypeName[], right: readonly TypeName[]): readonly TypeName[] {
  const both = left.filter(
    (type) => right.includes(type) || (type === "integer" && right.includes("number")),
  );
  if (right.includes("integer") && left.includes("number") && !both.includes("integer")) both.push("integer");
  return both.includes("number") ? both.filter((type) => type !== "integer") : both;
}
