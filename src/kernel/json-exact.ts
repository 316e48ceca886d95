import { isJsonObject, isRawNumber, type Json } from "./json.ts";
import { isNestedTooDeep } from "./json-depth.ts";

/**
 * Reads JSON without changing the spelling of its numbers. A number that a double would not give back as it was
 * written (`12345678901234567890`, `1.0`, `1e400`, `-0`) becomes a raw one, which `JSON.stringify` writes as it came;
 * all others are plain numbers, and so is everything where no such number stands.
 * Source: https://tc39.es/proposal-json-parse-with-source/
 */

/** Members whose values are kept exactly, whatever is inside them. */
export interface ExactMembers {
  readonly names: ReadonlySet<string>;
  /** Finds out whether a text can have any of them. */
  readonly hint: RegExp;
}

interface ParseSource {
  readonly source?: string;
}

/** What TypeScript does not know yet of `JSON`. */
interface SourceJson {
  parse(text: string, revive: (key: string, value: unknown, context: ParseSource) => unknown): unknown;
  rawJSON(text: string): Json;
}

const sourceJson = JSON as unknown as SourceJson;

/**
 * Where a number may stand whose spelling a double loses: minus zero, more than 15 digits, zeros at the end of a
 * fraction, an exponent, a very small one. What it finds inside a string costs time only.
 */
const SUSPECT = /(?:^|[:[,])\s*(?:-0(?!\.)|-?\d[\d.]{15}|-?\d+\.\d*0(?!\d)|-?\d+(?:\.\d+)?[eE]|-?0\.0{6})/;

/** Prepares the names of members that are kept exactly, once. Names are plain words. */
export function exactMembers(...names: readonly string[]): ExactMembers {
  // A name that is written with escapes is found as well.
  return { names: new Set(names), hint: new RegExp(`"(?:${names.join("|")})"|\\\\u00`) };
}

/** `JSON.parse` that keeps all numbers as they are written; for text whose depth is known. @throws as `JSON.parse` */
export function parseExactJson(text: string): unknown {
  return SUSPECT.test(text) ? parseWithSource(text) : JSON.parse(text);
}

/** `parseExactJson` that answers `undefined` instead of throwing, and for what is nested too deep. */
export function tryParseExactJson(text: string): unknown {
  if (isNestedTooDeep(text)) return undefined;
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}

/**
 * `JSON.parse` that keeps numbers as they are written inside the members of these names, at any depth; all others are
 * plain numbers. For text whose depth is known.
 * @throws SyntaxError where the text is no JSON
 */
export function parseKeeping(text: string, members: ExactMembers | undefined): unknown {
  if (members === undefined || !members.hint.test(text) || !SUSPECT.test(text)) return JSON.parse(text);
  return settle(parseWithSource(text), members.names);
}

/** A JSON value with plain numbers, and with those that it was written with where they differ. */
export interface SpelledJson {
  readonly value: unknown;
  /** The same object as `value` where nothing differs. */
  readonly spelled: unknown;
}

/**
 * `JSON.parse` for values that are checked as plain ones and written again; see `respell`.
 * @throws as `JSON.parse`, and SyntaxError for what is nested too deep
 */
export function parseSpelled(text: string): SpelledJson {
  if (isNestedTooDeep(text)) throw new SyntaxError("nested too deep");
  const value: unknown = JSON.parse(text);
  return { value, spelled: SUSPECT.test(text) ? parseWithSource(text) : value };
}

/** `parseKeeping` that answers `undefined` instead of throwing, and for what is nested too deep. */
export function tryParseKeeping(text: string, members: ExactMembers | undefined): unknown {
  if (isNestedTooDeep(text)) return undefined;
  try {
    return parseKeeping(text, members);
  } catch {
    return undefined;
  }
}

/**
 * Gives a value that was checked the spelling of its numbers back, wherever the same number stands at the same place.
 * @param source the value that it was made from, with its numbers as they were written
 */
export function respell(value: unknown, source: unknown): unknown {
  if (value === source) return value;
  if (isRawNumber(source))
    return typeof value === "number" && Object.is(value, numberOf(source)) ? source : value;
  if (Array.isArray(value) && Array.isArray(source))
    return value.map((item: unknown, index) => respell(item, source[index]));
  if (!isJsonObject(value) || !isJsonObject(source)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      Object.hasOwn(source, name) ? respell(member, source[name]) : member,
    ]),
  );
}

function parseWithSource(text: string): unknown {
  return sourceJson.parse(text, (_key, value, { source }) =>
    typeof value === "number" && source !== undefined && isLost(value, source)
      ? sourceJson.rawJSON(source)
      : value,
  );
}

/** Whether a number would be written otherwise than it came: as itself, but for minus zero, which loses its sign. */
function isLost(value: number, source: string): boolean {
  return String(value) !== source || Object.is(value, -0);
}

function numberOf(raw: { readonly rawJSON: string }): number {
  return Number(raw.rawJSON);
}

/** Makes plain numbers of raw ones, but inside members of these names. The value is changed in its place. */
function settle(value: unknown, names: ReadonlySet<string>): unknown {
  if (isRawNumber(value)) return numberOf(value);
  if (typeof value !== "object" || value === null) return value;
  const members = value as Record<string, unknown>;
  for (const name of Object.keys(members)) {
    if (names.has(name)) continue;
    const member = members[name];
    const settled = settle(member, names);
    // An assignment to `__proto__` would be none to the member of that name.
    if (settled !== member)
      Object.defineProperty(members, name, {
        value: settled,
        writable: true,
        enumerable: true,
        configurable: true,
      });
  }
  return value;
}
