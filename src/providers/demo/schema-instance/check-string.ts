import type { CheckProblem } from "./check-value.ts";
import { formatNamed } from "./formats.ts";
import { type Keywords, numberAt, stringAt } from "./schema.ts";
import type { SchemaDocument } from "./schema-document.ts";

/** The keyword for strings that a value violates. Lengths count code points, as JSON Schema has it. */
export function violatedStringKeyword(
  value: string,
  keywords: Keywords,
  document: SchemaDocument,
): CheckProblem | undefined {
  const { path } = keywords;
  const length = lengthOf(value);
  if (length < (numberAt(keywords, "minLength") ?? 0)) {
    return { path: `${path}.minLength`, reason: "no string was found that is so long" };
  }
  if (length > (numberAt(keywords, "maxLength") ?? Number.POSITIVE_INFINITY)) {
    return { path: `${path}.maxLength`, reason: "no string was found that is so short" };
  }
  const pattern = stringAt(keywords, "pattern");
  if (pattern !== undefined && !document.matches(pattern, value, `${path}.pattern`)) {
    return { path: `${path}.pattern`, reason: `no string was found that matches \`${pattern}\`` };
  }
  const format = formatNamed(stringAt(keywords, "format"));
  if (format === undefined || format.matches(value)) return undefined;
  return { path: `${path}.format`, reason: "no string of this format was found" };
}

/** Length of a text in code points. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}
