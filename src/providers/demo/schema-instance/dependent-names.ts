import { isJsonObject } from "../../../kernel/json.ts";
import { type Keywords, keyword, SchemaError, stringsAt } from "./schema.ts";

/** Names that `dependentRequired` asks for where some names are given. @throws SchemaError when it is malformed. */
export function dependentNames(keywords: Keywords, names: readonly string[]): readonly string[] {
  const rules = keyword(keywords, "dependentRequired");
  if (rules === undefined) return [];
  const path = `${keywords.path}.dependentRequired`;
  if (!isJsonObject(rules)) throw new SchemaError(path, "it has to be an object of arrays", true);
  const part = { schema: rules, path };
  return names.flatMap((name) => stringsAt(part, name) ?? []);
}
