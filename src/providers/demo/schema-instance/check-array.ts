import { canonicalJson, type Json } from "../../../kernel/json.ts";
import { type CheckProblem, checkValue } from "./check-value.ts";
import { type Keywords, keyword, numberAt, schemaAt, schemasAt } from "./schema.ts";
import type { SchemaDocument } from "./schema-document.ts";

/** What an array violates in the keywords for arrays. */
export function checkArray(
  value: readonly Json[],
  keywords: Keywords,
  document: SchemaDocument,
): CheckProblem | undefined {
  const { path } = keywords;
  if (value.length < (numberAt(keywords, "minItems") ?? 0)) {
    return { path: `${path}.minItems`, reason: "no array was found that is so long" };
  }
  if (value.length > (numberAt(keywords, "maxItems") ?? Number.POSITIVE_INFINITY)) {
    return { path: `${path}.maxItems`, reason: "no array was found that is so short" };
  }
  if (keyword(keywords, "uniqueItems") === true && !areUnique(value)) {
    return { path: `${path}.uniqueItems`, reason: "not enough different items were found" };
  }
  return checkItems(value, keywords, document) ?? checkContains(value, keywords, document);
}

function areUnique(value: readonly Json[]): boolean {
  return new Set(value.map((item) => canonicalJson(item))).size === value.length;
}

function checkItems(
  value: readonly Json[],
  keywords: Keywords,
  document: SchemaDocument,
): CheckProblem | undefined {
  const prefix = schemasAt(keywords, "prefixItems") ?? [];
  const items = schemaAt(keywords, "items");
  for (const [index, item] of value.entries()) {
    const schema = prefix[index] ?? items;
    const problem = schema === undefined ? undefined : checkValue(item, schema, document);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function checkContains(
  value: readonly Json[],
  keywords: Keywords,
  document: SchemaDocument,
): CheckProblem | undefined {
  const contained = schemaAt(keywords, "contains");
  if (contained === undefined) return undefined;
  const count = value.filter((item) => checkValue(item, contained, document) === undefined).length;
  if (count < (numberAt(keywords, "minContains") ?? 1)) {
    return { path: `${keywords.path}.contains`, reason: "too few items hold" };
  }
  if (count <= (numberAt(keywords, "maxContains") ?? Number.POSITIVE_INFINITY)) return undefined;
  return { path: `${keywords.path}.maxContains`, reason: "too many items hold" };
}
