import type { TargetTraits } from "../dialect.ts";
import { fieldName } from "./field-name.ts";
import { quirksOf } from "./quirks.ts";

/**
 * Texts of requests that a server would refuse as OpenAI writes them. They are looked for in the bytes, so a text that
 * only quotes one of them costs a translation and loses nothing.
 */
export function foreignTexts(traits: TargetTraits): readonly string[] {
  if (traits.quirks === undefined && traits.lacks === undefined) return [];
  const { less, endUser, developerRole } = quirksOf(traits);
  const names = less.map((field) => fieldName(field, {}).split(".").at(-1) ?? "");
  if (endUser !== "safety_identifier") names.push("safety_identifier");
  if (less.includes("endUser")) names.push("user");
  const texts = names.map((name) => `"${name}":`);
  if (!developerRole) texts.push('"role":"developer"', '"role": "developer"');
  if (traits.lacks?.includes("json-schema") === true) texts.push('"json_schema"');
  return [...new Set(texts)];
}
