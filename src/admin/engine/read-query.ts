import { wrongField } from "../check-input.ts";
import { fieldPath } from "./field-path.ts";
import { type QueryField, readQueryValue } from "./query-field.ts";

/** How values of a kind are written, in words. */
const written = { text: "a text", number: "a number", boolean: "true or false" } as const;

/**
 * The parameters of a query by their names, for their schema to check.
 * @param query without the question mark
 * @param fields the ones that there are
 * @throws LatchkeyError LK-2102 for others, for those that may occur once and occur twice, and for bad escapes
 */
export function readQuery(query: string, fields: ReadonlyMap<string, QueryField>): Record<string, unknown> {
  const values = new Map<string, unknown>();
  for (const [name, text] of pairsOf(query)) {
    const field = fields.get(name);
    if (field === undefined) throw wrongField(fieldPath([name]), "There is no such parameter.");
    const value = readQueryValue(text, field.kind);
    if (value === undefined) throw wrongField(name, `This has to be ${written[field.kind]}.`);
    const before = values.get(name);
    if (before === undefined) values.set(name, field.isList ? [value] : value);
    else if (Array.isArray(before)) before.push(value);
    else throw wrongField(name, "This may be given once only.");
  }
  return Object.fromEntries(values);
}

/** @see https://url.spec.whatwg.org/#urlencoded-parsing */
function* pairsOf(query: string): Generator<readonly [name: string, value: string]> {
  for (const part of query.split("&")) {
    if (part === "") continue;
    const sign = part.indexOf("=");
    const name = decode(sign < 0 ? part : part.slice(0, sign), "query");
    yield [name, sign < 0 ? "" : decode(part.slice(sign + 1), fieldPath([name]))];
  }
}

function decode(text: string, param: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw wrongField(param, "This is not percent-encoded UTF-8.");
  }
}
