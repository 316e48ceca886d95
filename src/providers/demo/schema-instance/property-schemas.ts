import { type Keywords, type LocatedSchema, schemaAt, schemaInMapAt, schemaMapAt } from "./schema.ts";
import type { SchemaDocument } from "./schema-document.ts";

/** The schemas of one object schema that a property of some name has to satisfy. */
export function propertySchemas(
  keywords: Keywords,
  name: string,
  document: SchemaDocument,
): readonly LocatedSchema[] {
  const found: LocatedSchema[] = [];
  const declared = schemaInMapAt(keywords, "properties", name);
  if (declared !== undefined) found.push(declared);
  for (const [pattern, schema] of schemaMapAt(keywords, "patternProperties")) {
    if (document.matches(pattern, name, `${keywords.path}.patternProperties`)) found.push(schema);
  }
  if (found.length > 0) return found;
  const additional = schemaAt(keywords, "additionalProperties");
  return additional === undefined ? [] : [additional];
}
