import { canonicalJson, isJsonObject, type Json } from "../../../kernel/json.ts";
import { checkArray } from "./check-array.ts";
import { checkBranches } from "./check-branches.ts";
import { violatedNumberKeyword } from "./check-number.ts";
import { checkObject } from "./check-object.ts";
import { violatedStringKeyword } from "./check-string.ts";
import { type Keywords, keyword, type LocatedSchema, listAt } from "./schema.ts";
import type { SchemaDocument } from "./schema-document.ts";
import { isOfType, typesAt } from "./schema-types.ts";

/** A part of a schema that a value does not satisfy. */
export interface CheckProblem {
  /** Where the part stands in the schema. */
  readonly path: string;
  /** Said of the attempts to make a value. */
  readonly reason: string;
}

/**
 * What a value violates in a schema; `undefined` where it holds. Covers JSON Schema 2020-12 but for
 * `unevaluatedProperties`, `unevaluatedItems` and dynamic references.
 * Source: https://json-schema.org/draft/2020-12/json-schema-validation
 * @throws SchemaError when the schema is malformed.
 */
export function checkValue(
  value: Json,
  { schema, path }: LocatedSchema,
  document: SchemaDocument,
): CheckProblem | undefined {
  if (schema === true) return undefined;
  if (schema === false) return { path, reason: "nothing is allowed here" };
  const keywords = { schema, path };
  return document.checking(
    path,
    () =>
      checkListed(value, keywords) ??
      checkType(value, keywords, document) ??
      checkBranches(value, keywords, document),
  );
}

function checkListed(value: Json, keywords: Keywords): CheckProblem | undefined {
  const { path } = keywords;
  const constant = keyword(keywords, "const");
  if (constant !== undefined && !isSame(value, constant)) {
    return { path: `${path}.const`, reason: "its value does not hold with the rest" };
  }
  const listed = listAt(keywords, "enum");
  if (listed === undefined || listed.some((item) => isSame(value, item))) return undefined;
  return { path: `${path}.enum`, reason: "none of its values holds with the rest" };
}

function checkType(value: Json, keywords: Keywords, document: SchemaDocument): CheckProblem | undefined {
  const types = typesAt(keywords);
  if (types !== undefined && !types.some((type) => isOfType(value, type))) {
    return { path: `${keywords.path}.type`, reason: "it contradicts other parts of the schema" };
  }
  if (typeof value === "number") return violatedNumberKeyword(value, keywords);
  if (typeof value === "string") return violatedStringKeyword(value, keywords, document);
  if (Array.isArray(value)) return checkArray(value, keywords, document);
  return isJsonObject(value) ? checkObject(value, keywords, document) : undefined;
}

function isSame(left: Json, right: Json): boolean {
  return left === right || (typeof left === "object" && canonicalJson(left) === canonicalJson(right));
}
