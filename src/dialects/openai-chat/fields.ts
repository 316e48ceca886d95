import { standardBase64 } from "../../kernel/base64.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

/** Members of an object that a caller sent. Null stands for absent, as in OpenAI's own API. */
export type Members = Readonly<Record<string, unknown>>;

/** What a text is to be that holds the bytes of a file. */
const NOT_BASE64 = "has to hold base64: the letters of RFC 4648 alone, without line breaks, and not empty";

/** The caller's error for a field. @param path as the caller wrote it, such as `messages[0].content` */
export function fieldError(path: string, text: string): LatchkeyError {
  return new LatchkeyError("LK-2102", `\`${path}\` ${text}.`, { param: path });
}

/** A value that has to be an object. @throws LatchkeyError LK-2102. */
export function objectAt(value: unknown, path: string): JsonObject {
  if (isJsonObject(value)) return value as JsonObject;
  throw fieldError(path, "has to be an object");
}

/** A value that has to be a list. @throws LatchkeyError LK-2102. */
export function listAt(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  throw fieldError(path, "has to be a list");
}

/** A value that has to be a text. @throws LatchkeyError LK-2102. */
export function textAt(value: unknown, path: string): string {
  if (typeof value === "string") return value;
  throw fieldError(path, "has to be a string");
}

/** A text, if there is one. @throws LatchkeyError LK-2102 where it is something else. */
export function optionalText(value: unknown, path: string): string | undefined {
  return value === undefined || value === null ? undefined : textAt(value, path);
}

/** Bytes as base64, padded. @throws LatchkeyError LK-2102. */
export function base64At(value: unknown, path: string): string {
  const text = standardBase64(textAt(value, path));
  if (text !== undefined) return text;
  throw fieldError(path, NOT_BASE64);
}

/** A number, if there is one. @throws LatchkeyError LK-2102 where it is something else. */
export function optionalNumber(value: unknown, path: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw fieldError(path, "has to be a number");
}

/** A whole number, if there is one. @throws LatchkeyError LK-2102 where it is something else. */
export function optionalCount(value: unknown, path: string): number | undefined {
  const number = optionalNumber(value, path);
  if (number === undefined || (Number.isSafeInteger(number) && number >= 0)) return number;
  throw fieldError(path, "has to be a whole number");
}

/** `true` or `false`, if given. @throws LatchkeyError LK-2102 where it is something else. */
export function optionalFlag(value: unknown, path: string): boolean | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "boolean") return value;
  throw fieldError(path, "has to be true or false");
}

/** An object, if there is one. @throws LatchkeyError LK-2102 where it is something else. */
export function optionalObject(value: unknown, path: string): JsonObject | undefined {
  return value === undefined || value === null ? undefined : objectAt(value, path);
}

/** One of some words, if there is one. @throws LatchkeyError LK-2102 where it is something else. */
export function optionalWord<W extends string>(
  value: unknown,
  words: readonly W[],
  path: string,
): W | undefined {
  if (value === undefined || value === null) return undefined;
  const word = words.find((candidate) => candidate === value);
  if (word !== undefined) return word;
  throw fieldError(path, `has to be one of ${words.map((candidate) => `\`${candidate}\``).join(", ")}`);
}

/** Values by name, each checked. @throws LatchkeyError LK-2102. */
export function optionalMap<V>(
  value: unknown,
  path: string,
  check: (value: unknown, path: string) => V | undefined,
): Readonly<Record<string, V>> | undefined {
  const object = optionalObject(value, path);
  if (object === undefined) return undefined;
  const entries: [string, V][] = [];
  for (const [name, member] of Object.entries(object)) {
    const checked = check(member, `${path}.${name}`);
    if (checked !== undefined) entries.push([name, checked]);
  }
  return Object.fromEntries(entries);
}

export { noteUnknownMembers as noteUnknown } from "../unknown-members.ts";
