import { isNestedTooDeep } from "./json-depth.ts";

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** Whether a value is an object in JSON's sense: not null, not an array, not a number that is kept as it was written. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isRawNumber(value);
}

/** What TypeScript does not know yet of `JSON`. */
const rawJson = JSON as unknown as { isRawJSON(value: unknown): boolean };

/** Whether a value is a number that is kept as it was written; see `json-exact.ts`. */
export function isRawNumber(value: unknown): value is { readonly rawJSON: string } {
  // Most values have no such member, which is sooner seen than asked.
  return (
    (value as { readonly rawJSON?: unknown } | null | undefined)?.rawJSON !== undefined &&
    rawJson.isRawJSON(value)
  );
}

/**
 * JSON text that depends on the value only: object keys sorted by UTF-16 code units, no white space,
 * members that are `undefined` left out. Follows RFC 8785 for everything that JSON.parse can produce.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  if (isJsonObject(value)) {
    const members = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value);
}

/**
 * `JSON.parse` that answers `undefined` instead of throwing, and for what is nested too deep.
 * @param depth levels that are taken; what the gateway has written itself may have more than others'
 */
export function tryParseJson(text: string, depth?: number): unknown {
  if (isNestedTooDeep(text, depth)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
