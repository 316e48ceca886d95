import type { Json } from "../../../kernel/json.ts";
import { type CheckProblem, checkValue } from "./check-value.ts";
import { type Keywords, type LocatedSchema, schemaAt, schemasAt, stringAt } from "./schema.ts";
import type { SchemaDocument } from "./schema-document.ts";

/** What a value violates in the keywords that combine schemas. */
export function checkBranches(
  value: Json,
  keywords: Keywords,
  document: SchemaDocument,
): CheckProblem | undefined {
  const { path } = keywords;
  const problemIn = (part: LocatedSchema): CheckProblem | undefined => checkValue(value, part, document);
  const holds = (part: LocatedSchema): boolean => problemIn(part) === undefined;
  const reference = stringAt(keywords, "$ref");
  const parts = [
    ...(reference === undefined ? [] : [document.resolve(reference, `${path}.$ref`)]),
    ...(schemasAt(keywords, "allOf") ?? []),
    ...conditionalParts(keywords, holds),
  ];
  for (const part of parts) {
    const problem = problemIn(part);
    if (problem !== undefined) return problem;
  }
  if (schemasAt(keywords, "anyOf")?.some(holds) === false) {
    return { path: `${path}.anyOf`, reason: "no branch holds with the rest" };
  }
  const matching = schemasAt(keywords, "oneOf")?.filter(holds).length ?? 1;
  if (matching !== 1) return { path: `${path}.oneOf`, reason: "no value was found for exactly one branch" };
  const excluded = schemaAt(keywords, "not");
  if (excluded === undefined || !holds(excluded)) return undefined;
  return { path: `${path}.not`, reason: "no value was found that it does not exclude" };
}

function conditionalParts(
  keywords: Keywords,
  holds: (part: LocatedSchema) => boolean,
): readonly LocatedSchema[] {
  const condition = schemaAt(keywords, "if");
  if (condition === undefined) return [];
  const consequence = schemaAt(keywords, holds(condition) ? "then" : "else");
  return consequence === undefined ? [] : [consequence];
}
