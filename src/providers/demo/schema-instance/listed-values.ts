import { canonicalJson, type Json } from "../../../kernel/json.ts";
import { checkValue } from "./check-value.ts";
import { type Keywords, keyword, listAt, SchemaError } from "./schema.ts";
import type { SchemaDocument } from "./schema-document.ts";

/**
 * The values that `const` and `enum` leave, where there are such: those of the shortest list that hold in all
 * parts. @throws SchemaError when none does.
 */
export function listedValues(
  parts: readonly Keywords[],
  document: SchemaDocument,
): readonly Json[] | undefined {
  const lists = parts.flatMap(listsOf);
  const [shortest] = lists.toSorted((a, b) => a.values.length - b.values.length);
  if (shortest === undefined) return undefined;
  const usable = shortest.values.filter((value) =>
    parts.every((part) => checkValue(value, part, document) === undefined),
  );
  if (usable.length === 0) throw new SchemaError(shortest.path, "none of its values holds with the rest");
  return [...new Map(usable.map((value) => [canonicalJson(value), value])).values()];
}

function listsOf(part: Keywords): { values: readonly Json[]; path: string }[] {
  const lists = [];
  const constant = keyword(part, "const");
  if (constant !== undefined) lists.push({ values: [constant], path: `${part.path}.const` });
  const values = listAt(part, "enum");
  if (values !== undefined) lists.push({ values, path: `${part.path}.enum` });
  return lists;
}
