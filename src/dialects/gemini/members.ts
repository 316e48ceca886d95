import type { Loss } from "../../canonical/loss.ts";
import { standardBase64 } from "../../kernel/base64.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";

/** A value of the caller's body, and where it stands, in the caller's own words: `contents[0].parts[1].inline_data`. */
export interface At<T> {
  readonly value: T;
  readonly path: string;
}

const snakeNames = new Map<string, string>();

/**
 * A member by its name, which may be written with underscores as well, as Google's JSON allows; `undefined` where it
 * is absent or null. Source: https://protobuf.dev/programming-guides/json/
 */
export function member({ value, path }: At<JsonObject>, name: string): At<Json> | undefined {
  const spelled = Object.hasOwn(value, name) ? name : snakeName(name);
  const found = Object.hasOwn(value, spelled) ? value[spelled] : undefined;
  return found === undefined || found === null ? undefined : { value: found, path: join(path, spelled) };
}

/** @throws LatchkeyError LK-2102 where there is such a member and it is no text. */
export function textMember(of: At<JsonObject>, name: string): string | undefined {
  const found = member(of, name);
  if (found === undefined || typeof found.value === "string") return found?.value as string | undefined;
  throw fieldError(found.path, "has to be a string");
}

/**
 * Bytes as base64 of the standard letters, padded; Google's JSON takes the letters of URLs too, padded or not.
 * Source: https://protobuf.dev/programming-guides/json/
 * @throws LatchkeyError LK-2102 where there is such a member and it is none.
 */
export function base64Member(of: At<JsonObject>, name: string): string | undefined {
  const text = textMember(of, name);
  const base64 = text === undefined ? undefined : standardBase64(text, "any");
  if (text === undefined || base64 !== undefined) return base64;
  throw fieldError(member(of, name)?.path ?? of.path, "has to be base64 without line breaks, and not empty");
}

/** @throws LatchkeyError LK-2102 where there is such a member and it is no number. */
export function numberMember(of: At<JsonObject>, name: string): number | undefined {
  const found = member(of, name);
  if (found === undefined || typeof found.value === "number") return found?.value as number | undefined;
  throw fieldError(found.path, "has to be a number");
}

/** @throws LatchkeyError LK-2102 where there is such a member and it is neither true nor false. */
export function booleanMember(of: At<JsonObject>, name: string): boolean | undefined {
  const found = member(of, name);
  if (found === undefined || typeof found.value === "boolean") return found?.value as boolean | undefined;
  throw fieldError(found.path, "has to be true or false");
}

/** @throws LatchkeyError LK-2102 where there is such a member and it is no object. */
export function objectMember(of: At<JsonObject>, name: string): At<JsonObject> | undefined {
  const found = member(of, name);
  return found === undefined ? undefined : asObject(found);
}

/** @throws LatchkeyError LK-2102 where there is such a member and it is no list. */
export function listMember(of: At<JsonObject>, name: string): readonly At<Json>[] | undefined {
  const found = member(of, name);
  if (found === undefined) return undefined;
  const { value, path } = found;
  if (Array.isArray(value))
    return value.map((item: Json, index) => ({ value: item, path: `${path}[${index}]` }));
  throw fieldError(path, "has to be a list");
}

/** @throws LatchkeyError LK-2102 where there is such a list and something else than a text is in it. */
export function textsMember(of: At<JsonObject>, name: string): readonly string[] | undefined {
  return listMember(of, name)?.map(({ value, path }) => {
    if (typeof value === "string") return value;
    throw fieldError(path, "has to be a string");
  });
}

/** @throws LatchkeyError LK-2102 where the value is no object. */
export function asObject({ value, path }: At<Json>): At<JsonObject> {
  if (isJsonObject(value)) return { value: value as JsonObject, path };
  throw fieldError(path, "has to be an object");
}

/** The error for a member that is missing or wrong. */
export function fieldError(path: string, text: string): LatchkeyError {
  return new LatchkeyError("LK-2102", `\`${path}\` ${text}.`, { param: path });
}

/**
 * Tells of members that are not among the known ones: only Gemini itself could be told.
 * @param known whether leaving a member out changes nothing about the answer; names are in camel case. `undefined`:
 * not known at all.
 */
export function noteUnknown(
  { value, path }: At<JsonObject>,
  known: Readonly<Record<string, "read" | "harmless">>,
  losses: Loss[],
): void {
  for (const name of Object.keys(value)) {
    const spelled = Object.hasOwn(known, name) ? name : camelName(name);
    const state = Object.hasOwn(known, spelled) ? known[spelled] : undefined;
    if (state === "read" || value[name] === null || value[name] === undefined) continue;
    const reason = "is known to Gemini only";
    losses.push({ path: join(path, name), isHarmless: state === "harmless", reason });
  }
}

/** `inlineData` for `inline_data`. */
export function camelName(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function snakeName(name: string): string {
  const known = snakeNames.get(name);
  if (known !== undefined) return known;
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  snakeNames.set(name, snake);
  return snake;
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
