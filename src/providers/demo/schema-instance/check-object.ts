import type { Json, JsonObject } from "../../../kernel/json.ts";
import { type CheckProblem, checkValue } from "./check-value.ts";
import { dependentNames } from "./dependent-names.ts";
import { propertySchemas } from "./property-schemas.ts";
import { type Keywords, numberAt, schemaAt, schemaMapAt, stringsAt } from "./schema.ts";
import type { SchemaDocument } from "./schema-document.ts";

/** What an object violates in the keywords for objects. */
export function checkObject(
  value: JsonObject,
  keywords: Keywords,
  document: SchemaDocument,
): CheckProblem | undefined {
  const { path } = keywords;
  const names = Object.keys(value);
  const absent = (stringsAt(keywords, "required") ?? []).find((name) => !Object.hasOwn(value, name));
  if (absent !== undefined) return { path: `${path}.required`, reason: `\`${absent}\` cannot be given` };
  if (names.length < (numberAt(keywords, "minProperties") ?? 0)) {
    return { path: `${path}.minProperties`, reason: "no object was found that has so many properties" };
  }
  if (names.length > (numberAt(keywords, "maxProperties") ?? Number.POSITIVE_INFINITY)) {
    return { path: `${path}.maxProperties`, reason: "no object was found that has so few properties" };
  }
  const dependent = dependentNames(keywords, names).find((name) => !Object.hasOwn(value, name));
  if (dependent !== undefined) {
    return { path: `${path}.dependentRequired`, reason: `\`${dependent}\` cannot be given` };
  }
  return checkProperties(value, keywords, document) ?? checkDependents(value, keywords, document);
}

function checkProperties(
  value: JsonObject,
  keywords: Keywords,
  document: SchemaDocument,
): CheckProblem | undefined {
  const naming = schemaAt(keywords, "propertyNames");
  for (const [name, item] of Object.entries(value)) {
    const nameProblem = naming === undefined ? undefined : checkValue(name, naming, document);
    if (nameProblem !== undefined) return nameProblem;
    for (const schema of propertySchemas(keywords, name, document)) {
      const problem = checkValue(item as Json, schema, document);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

function checkDependents(
  value: JsonObject,
  keywords: Keywords,
  document: SchemaDocument,
): CheckProblem | undefined {
  for (const [name, schema] of schemaMapAt(keywords, "dependentSchemas")) {
    const problem = Object.hasOwn(value, name) ? checkValue(value, schema, document) : undefined;
    if (problem !== undefined) return problem;
  }
  return undefined;
}
